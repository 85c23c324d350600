"""Where django-allauth asks this site what to do."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from nexsm.accounts.models import User
from nexsm.base.mail import queue_text


def at_public_address(url: str) -> str:
    """Return the URL with scheme and host of the configured site.

    What the browser sent as Host must not decide where a link in a mail leads.
    """
    base, parts = urlsplit(settings.BASE_URL), urlsplit(url)
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))


def interface_language() -> str:
    """The language of this request, if the site has it."""
    spoken = get_language() or ""
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class AccountAdapter(DefaultAccountAdapter):
    """Rules of this site for signing in and signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Whether new people may create an account themselves."""
        return bool(settings.SIGNUP_OPEN)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Write to new people in the language in which they have read the form."""
        user.language = interface_language()
        return super().save_user(request, user, form, commit=commit)

    def is_safe_url(self, url: str) -> bool:
        """Allow only targets on the host of this request, not every host that is configured."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer 429 with a page instead of a message in the form when there were too many tries."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise ImmediateHttpResponse(respond_429(request)) from None

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the overview of the account."""
        return reverse("accounts:overview")

    def format_email_subject(self, subject: Any) -> str:
        """The name of the site in front, whatever the host is called."""
        return f"[{settings.SITE_NAME}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail whose links lead to the configured address into the queue.

        A mail server that is slow or away must neither stop anybody nor tell, by the time an answer
        takes, whether an account is there.
        """
        links = {
            key: at_public_address(value)
            for key, value in context.items()
            if key.endswith("_url") and isinstance(value, str)
        }
        site = {"site_name": settings.SITE_NAME, "site_url": settings.BASE_URL, "email": email}
        message = self.render_mail(template_prefix, email, context | links | site)
        queue_text(
            to=email,
            subject=message.subject,
            text=message.body,
            language=interface_language(),
            key=f"account:{uuid.uuid4()}",
        )
