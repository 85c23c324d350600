"""Writing a mail: it is rendered and kept in the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from nexsm.base.mail import kinds, texts, wishes
from nexsm.base.models import OutgoingMail


def absolute_url(path: str) -> str:
    """An address for a mail: of the configured site, never of the Host header of a request."""
    return settings.BASE_URL + path


def queue(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    key: str,
    kind: str = "",
    user: AbstractBaseUser | None = None,
    reply_to: str = "",
) -> bool:
    """Write a mail for one person; it leaves after this transaction, or never if that fails.

    Rendered now, in ``language`` (one of the site's, else the site's own), from
    ``mail/<template>_subject.txt`` and ``mail/<template>_message.txt``. In templates names of people,
    organisations and files go through the filter ``mail_name``; foreign links and hidden
    characters are made harmless everywhere. A footer names the site and, for a registered ``kind``,
    the way to get no more of them.

    ``key`` names the event and the person: the same key mails once, for ever.
    Returns False when nothing was written: the event was mailed before, or the person refused this kind.
    """
    if OutgoingMail.objects.filter(key=key).exists():
        return False
    if kinds.get(kind) is not None and wishes.has_refused(kind=kind, to=to, user=user):
        return False
    mail = _rendered(
        OutgoingMail(
            key=key,
            kind=kind,
            to=to,
            user_id=user.pk if user else None,
            reply_to=reply_to,
            language=language,
        ),
        template,
        context,
    )
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:  # somebody else was quicker with the same event
        return False
    return True


def queue_text(*, to: str, subject: str, text: str, language: str, key: str) -> None:
    """Write a mail somebody else has rendered: django-allauth, about the account itself.

    Nobody can refuse these. Their text is emptied as soon as it is sent: it may open the account.
    Raises IntegrityError for a key that was used before.
    """
    OutgoingMail.objects.create(
        key=key,
        to=to,
        language=language,
        subject=texts.subject(subject),
        text=texts.body(text),
    )


def _rendered(mail: OutgoingMail, template: str, context: Mapping[str, Any]) -> OutgoingMail:
    if mail.language not in dict(settings.LANGUAGES):
        mail.language = settings.LANGUAGE_CODE
    with override(mail.language):
        values: dict[str, Any] = {
            "site_name": settings.SITE_NAME,
            "base_url": settings.BASE_URL,
            **context,
        }
        mail.subject = texts.subject(render_to_string(f"mail/{template}_subject.txt", values))
        message = render_to_string(f"mail/{template}_message.txt", values).rstrip()
        footer = {
            **values,
            "kind": kinds.get(mail.kind),
            "unsubscribe_url": unsubscribe_url(mail),
            "is_signed": message.endswith(settings.BASE_URL),
        }
        end = render_to_string("mail/footer.txt", footer).strip()
        mail.text = texts.body(f"{message}\n\n{end}")
    return mail


def unsubscribe_url(mail: OutgoingMail) -> str:
    """Where this person says that she wants no more of this kind; empty for what one cannot refuse."""
    if kinds.get(mail.kind) is None:
        return ""
    with override(mail.language):
        mark = wishes.token(kind=mail.kind, to=mail.to, user=mail.user)
        return absolute_url(reverse("base:mail_unsubscribe", args=[mark]))
