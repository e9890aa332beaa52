"""What is filled in about persons, accounts and posts."""

from typing import Any

from django import forms

from kaohe_web.foundation.labels import label
from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.organisation.models import Person, Unit
from kaohe_web.web.shell.speech import speak

_DATE = {"type": "date"}


class PersonForm(forms.Form):
    """A person, with no more than is needed."""

    number = forms.CharField(max_length=30, label=label("人员编号", "Number"))
    name = forms.CharField(max_length=60, label=label("姓名", "Name"))
    phone = forms.CharField(max_length=30, required=False, label=label("电话", "Phone"))
    email = forms.EmailField(required=False, label=label("邮箱", "Mail"))


class AccountForm(forms.Form):
    """The name somebody will sign in with."""

    username = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{1,58}$",
        label=label("用户名", "User name"),
        error_messages={
            "invalid": label("只能用字母、数字、点、横线", "Letters, digits, dots and dashes only")
        },
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(max_length=300, label=label("理由", "Reason"))


class GrantForm(forms.Form):
    """A role at a unit, from a day until, perhaps, another."""

    role = forms.ChoiceField(label=label("角色", "Role"))
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=label("单位", "Unit"))
    since = forms.DateField(widget=forms.DateInput(attrs=_DATE), label=label("自", "From"))
    until = forms.DateField(
        widget=forms.DateInput(attrs=_DATE),
        required=False,
        label=label("至(不写为长期)", "Until (open if empty)"),
    )

    def __init__(self, *args: Any, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, unit = self.fields["role"], self.fields["unit"]
        role.choices = [(each.value, speak(ROLES[each].name)) for each in Role]  # type: ignore[attr-defined]
        unit.queryset = Unit.objects.filter(pk__in=units).order_by("code")  # type: ignore[attr-defined]
        unit.label_from_instance = lambda each: units[each.pk]  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """The password in force, and the new one twice."""

    present = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        label=label("现在的密码", "Present password"),
    )
    new = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=label("新密码", "New password"),
    )
    again = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=label("再输一次", "Once more"),
    )

    def clean(self) -> dict[str, Any]:
        """Both new ones are the same."""
        given = super().clean() or {}
        if given.get("new") != given.get("again"):
            self.add_error("again", str(label("两次输入不一致", "The two are not the same")))
        return given


class DelegateForm(ReasonForm):
    """To whom a post is lent, until when."""

    delegate = forms.ModelChoiceField(
        queryset=Person.objects.all(), to_field_name="number", widget=forms.TextInput,
        label=label("受托人的人员编号", "Number of the person"),
    )  # fmt: skip
    until = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        label=label("至", "Until"),
    )
