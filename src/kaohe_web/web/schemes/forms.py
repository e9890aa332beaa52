"""What is filled in about schemes."""

from typing import Any

from django import forms

from kaohe_web.foundation.labels import label
from kaohe_web.organisation.models import Unit
from kaohe_web.schemes.choices import Answer, Reply
from kaohe_web.web.shell.uploads import UploadForm

_AREA = forms.Textarea(attrs={"rows": 3})


class FileForm(UploadForm):
    """A scheme file."""

    file = forms.FileField(
        label=label("方案文件(.xlsx 或 .yaml)", "Scheme file (.xlsx or .yaml)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml"}),
        allow_empty_file=True,
    )


class ConsultForm(forms.Form):
    """Who is asked, until when."""

    units = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.order_by("code"),
        widget=forms.CheckboxSelectMultiple,
        label=label("征求哪些单位的意见", "Units to ask"),
    )
    closes_at = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        label=label("截止时间", "Closes"),
    )

    def __init__(self, *args: Any, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        field.queryset = Unit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        field.label_from_instance = lambda unit: units[unit.pk]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """One unit's word on one indicator."""

    indicator = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=Answer.choices, label=label("意见", "Answer"))
    reason = forms.CharField(
        required=False, widget=_AREA, label=label("理由(有异议必填)", "Reason (for an objection)")
    )


class ReplyForm(forms.Form):
    """The office's reply to an objection."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reply = forms.ChoiceField(choices=Reply.choices, label=label("是否采纳", "Reply"))
    reason = forms.CharField(widget=_AREA, label=label("答复", "Reason"))


class AdoptForm(forms.Form):
    """Where and when it was adopted."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)
    body = forms.CharField(max_length=100, label=label("审定机构", "Body"))
    meeting = forms.CharField(max_length=100, label=label("会议", "Meeting"))
    minutes_number = forms.CharField(max_length=60, label=label("纪要文号", "Minutes number"))
    adopted_on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}), label=label("审定日期", "Day")
    )
    rehearsal_waived = forms.CharField(
        required=False,
        max_length=300,
        label=label(
            "未试算的理由(已试算的不填)", "Why it was not rehearsed (leave empty if it was)"
        ),
    )


class AmendForm(forms.Form):
    """Why and from when a scheme is amended."""

    reason = forms.CharField(max_length=500, widget=_AREA, label=label("调整理由", "Reason"))
    effective_from = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}), label=label("生效日期", "In effect from")
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(max_length=500, widget=_AREA, label=label("理由", "Reason"))


class TargetForm(ReasonForm):
    """A unit's target."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.order_by("code"),
        to_field_name="code",
        label=label("单位代码", "Unit"),
    )
    indicator = forms.CharField(max_length=40, label=label("指标代码", "Indicator"))
    value = forms.CharField(max_length=40, label=label("目标值", "Target"))


class RequestForm(ReasonForm):
    """A request for another target."""

    value = forms.CharField(max_length=40, label=label("申请的目标值", "Target asked for"))


class DecisionForm(ReasonForm):
    """The decision on a request."""

    grant = forms.TypedChoiceField(
        choices=(("1", label("同意调整", "grant")), ("0", label("不同意", "refuse"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        label=label("决定", "Decision"),
    )
