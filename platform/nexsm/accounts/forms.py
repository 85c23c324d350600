"""Forms about a person's own account, and Wagtail's user forms for a user with one name."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserForm

from nexsm.accounts.models import User
from nexsm.accounts.privacy.administrators import LAST_ADMINISTRATOR, leaves_none
from nexsm.accounts.second_factor import count_factors
from nexsm.accounts.services import replace_address
from nexsm.base.media.names import clean_line


class NameForm(forms.ModelForm[User]):
    """The name others see."""

    class Meta:
        model = User
        fields: tuple[str, ...] = ("name",)
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}
        help_texts = {"name": _("As you want others to read it. It may stay empty.")}

    def clean_name(self) -> str:
        """One line without invisible characters."""
        return clean_line(self.cleaned_data["name"])


class ProfileForm(NameForm):
    """The name, and the language in which the site writes to this person."""

    class Meta(NameForm.Meta):
        fields = ("name", "language")
        help_texts = {
            **NameForm.Meta.help_texts,
            "language": _("E-mails of this site come in this language."),
        }


class _OneNameUserForm(UserForm):
    """Wagtail asks for first and last name; here a name is one field and may stay empty."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=150, required=False)

    def clean_name(self) -> str:
        """One line without invisible characters."""
        return clean_line(self.cleaned_data["name"])

    def clean_email(self) -> str:
        """Addresses are kept in small letters, so that nobody can be there twice."""
        email = self.cleaned_data["email"].lower()
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(
                _("There is already an account with this address."), code="unique"
            )
        if EmailAddress.objects.filter(email=email).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError(
                _("Another account has this address, or is about to change to it."), code="unique"
            )
        return email


class UserCreationForm(_OneNameUserForm):
    """A new user in the admin."""

    class Meta:
        model = User
        fields = ("email", "name", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit: bool = True) -> User:
        """Without a password nobody can sign in until a link by mail has been used."""
        self.instance.set_unusable_password()
        return super().save(commit=commit)


class UserEditForm(_OneNameUserForm):
    """A user in the admin."""

    password_required = False
    without_factors = forms.BooleanField(
        required=False, label=_("Also delete passkeys and apps (the mailbox was taken over)")
    )

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "With another address the person is signed out, and the password until now ends: she sets a"
            " new one by “Forgotten your password?”. Both addresses get a mail."
        )
        keys, apps = count_factors(self.instance)
        self.fields["without_factors"].help_text = _(
            "Passkeys and security keys of this account: %(keys)d. Apps: %(apps)d. Without the tick they"
            " stay valid when the address changes."
        ) % {"keys": keys, "apps": apps}
        if editing_self or not keys + apps:
            del self.fields["without_factors"]
        if editing_self:
            del self.fields["is_active"]
            del self.fields["is_superuser"]
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "You change your own address in your account: there it is confirmed first."
            )

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        """Somebody must stay an administrator, also if two take the right from one another."""
        cleaned: dict[str, Any] = super().clean()
        rights = ("is_active", "is_superuser")
        is_kept = all(cleaned.get(name, getattr(self.instance, name)) for name in rights)
        if not is_kept and leaves_none([self.instance]):
            raise forms.ValidationError(LAST_ADMINISTRATOR, code="last_administrator")
        if cleaned.get("without_factors") and "email" in cleaned and not self._is_replaced():
            reason = _("Passkeys and apps are deleted only together with another address.")
            self.add_error("without_factors", reason)
        return cleaned

    def _is_replaced(self) -> bool:
        return bool(self.cleaned_data["email"] != self.initial["email"].lower())

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Another address: who knows the password or has the old mailbox does not get in any more."""
        former = self.initial["email"]
        is_replaced = self._is_replaced()
        if is_replaced:
            self.instance.set_unusable_password()  # unless a new one stands in this form
        user = super().save(commit=commit)
        if is_replaced:
            without_factors = self.cleaned_data.get("without_factors", False)
            replace_address(user=user, former=former, without_factors=without_factors)
        return user
