"""How the log is searched."""

from django import forms

from kaohe_web.audit.choices import Outcome
from kaohe_web.foundation.labels import label


class SearchForm(forms.Form):
    """By whom, what, how it went, on which day."""

    name = forms.CharField(required=False, max_length=60, label=label("何人", "Who"))
    action = forms.CharField(required=False, max_length=60, label=label("事项", "Action"))
    outcome = forms.ChoiceField(
        required=False,
        choices=[("", label("全部", "all")), *Outcome.choices],
        label=label("结果", "Outcome"),
    )
    day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        label=label("日期", "Day"),
    )
