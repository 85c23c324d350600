"""The forms of django-allauth in our words, with labels instead of placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

_NEW_PASSWORD_HELP = _(
    "At least 10 characters. Several words one after the other are easy to keep."
)
_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "remember": _("Stay signed in on this device"),
    "password": _("Password"),
    "oldpassword": _("Password until now"),
    "password2": _("New password once more"),
    "code": pgettext_lazy("sign in", "Code"),  # elsewhere the word means an abbreviation
}


class _OurWords:
    """Labels everybody understands. A placeholder disappears as soon as somebody types."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in _LABELS:
                field.label = _LABELS[name]
        if "password1" in self.fields:
            self.fields["password1"].help_text = _NEW_PASSWORD_HELP
        if "password2" in self.fields:
            self.fields["password1"].label = _("New password")


class _PageAboutTooManyTries:
    """Too many tries: the page with status 429 instead of a message in the form."""

    def _clean_fields(self) -> None:
        """Clean each field. Raises ImmediateHttpResponse."""
        super()._clean_fields()  # type: ignore[misc]
        errors = self.errors.as_data().values()  # type: ignore[attr-defined]
        if any(error.code == "too_many_login_attempts" for found in errors for error in found):
            raise ImmediateHttpResponse(respond_429(context.request))


class LoginForm(_OurWords, account_forms.LoginForm):
    """Sign in."""


class SignupForm(_OurWords, account_forms.SignupForm):
    """Create an account."""


class AddEmailForm(_OurWords, account_forms.AddEmailForm):
    """Change the address."""


class ChangePasswordForm(_OurWords, account_forms.ChangePasswordForm):
    """Change the password."""


class SetPasswordForm(_OurWords, account_forms.SetPasswordForm):
    """Set a first password."""


class ResetPasswordForm(_OurWords, account_forms.ResetPasswordForm):
    """Ask for a link."""


class ResetPasswordKeyForm(_OurWords, account_forms.ResetPasswordKeyForm):
    """Set a password with a link."""


class ReauthenticateForm(_OurWords, account_forms.ReauthenticateForm):
    """Show again who it is."""


class RequestLoginCodeForm(_OurWords, _PageAboutTooManyTries, account_forms.RequestLoginCodeForm):
    """Ask for a code to sign in with."""


class ConfirmLoginCodeForm(_OurWords, _PageAboutTooManyTries, account_forms.ConfirmLoginCodeForm):
    """Sign in with a code from a mail."""

    def clean_code(self) -> str:
        """Count the try. django-allauth counts those for one code, not those of one visitor."""
        if not ratelimit.consume(context.request, action="confirm_login_code"):
            raise ValidationError("", code="too_many_login_attempts")
        return super().clean_code()


class AuthenticateForm(_OurWords, _PageAboutTooManyTries, mfa_forms.AuthenticateForm):
    """Second step."""


class ReauthenticateCodeForm(_OurWords, _PageAboutTooManyTries, mfa_forms.ReauthenticateForm):
    """Show again who it is, with a code."""


class ActivateTOTPForm(_OurWords, totp_forms.ActivateTOTPForm):
    """Switch on the app."""
