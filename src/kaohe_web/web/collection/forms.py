"""What is filled in around figures: a round, more time, a return, an objection, an answer."""

from typing import Any

from django import forms

from kaohe_web.foundation.labels import label
from kaohe_web.schemes.choices import VersionState
from kaohe_web.schemes.models import SchemeVersion


class MomentField(forms.DateTimeField):
    """A date and an hour, typed in the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs
        )


class RoundForm(forms.Form):
    """A round: by which schemes, for which period, from when until when."""

    versions = forms.ModelMultipleChoiceField(
        queryset=SchemeVersion.objects.filter(state=VersionState.ADOPTED)
        .select_related("scheme")
        .defer("document"),
        widget=forms.CheckboxSelectMultiple,
        label=label("依据的方案", "By which schemes"),
    )
    period = forms.CharField(
        max_length=10,
        label=label("期次", "Period"),
        help_text=label(
            "如 2026-03、2026-Q1、2026-H1、2026", "such as 2026-03, 2026-Q1, 2026-H1, 2026"
        ),
    )
    opens_at = MomentField(label=label("开启时间", "Opens"))
    closes_at = MomentField(label=label("截止时间", "Closes"))


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=label("理由", "Reason"),
    )


class ExtensionForm(ReasonForm):
    """More time, and why."""

    until = MomentField(label=label("延至", "Until"))


class AnswerForm(ReasonForm):
    """An owner's answer to an objection."""

    correct = forms.TypedChoiceField(
        choices=(("1", label("更正", "correct it")), ("0", label("维持", "keep it"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        label=label("答复", "Answer"),
    )
