"""What the office fills in to rehearse a draft."""

from django import forms

from kaohe_web.assessment.models import DataSnapshot
from kaohe_web.foundation.labels import label


class AskForm(forms.Form):
    """Which figures, and from which coverage on moves are shown."""

    snapshot = forms.ModelChoiceField(
        queryset=DataSnapshot.objects.select_related("version__scheme").defer("content"),
        empty_label=None,
        label=label("用哪一年的数据", "On which year's figures"),
    )
    least_coverage = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=80,
        label=label("覆盖率低于百分之几不显示位次", "No ranking below this coverage, in percent"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
