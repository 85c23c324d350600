"""Forms about belonging to an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.enums import MembershipRole


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER
    )


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)


class JoinForm(forms.Form):
    """A word to the people who decide."""

    message = forms.CharField(
        label=_("Who are you?"),
        help_text=_("The responsible people of the organisation read this."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class ClaimForm(forms.Form):
    """What speaks for it that somebody belongs to an organisation."""

    message = forms.CharField(
        label=_("How can we see that you belong to it?"),
        help_text=_("For example: your task there, a page that names you. The editors read this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def __init__(self, *args: Any, is_quick: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_quick:  # the address proves it
            del self.fields["message"]


class AppealForm(forms.Form):
    """What speaks against the block."""

    text = forms.CharField(
        label=_("What speaks against it?"),
        help_text=_(
            "If the editors are more than one person, somebody else than who blocked the organisation decides."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
