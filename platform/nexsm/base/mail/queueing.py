"""Writing mail into the queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string
from django.utils.translation import override

from nexsm.base.models import OutgoingMail


def queue(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    key: str,
    kind: str = "",
    user: AbstractBaseUser | None = None,
) -> bool:
    """Write one mail into the queue, within the transaction of what it is about.

    ``template`` names ``mail/<template>_subject.txt`` and ``mail/<template>_message.txt``; both are
    rendered now, in ``language``. ``key`` names event and receiver. Returns False, and writes
    nothing, if this mail was queued before.
    """
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    values = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL, **context}
    with override(spoken):
        subject = render_to_string(f"mail/{template}_subject.txt", values)
        text = render_to_string(f"mail/{template}_message.txt", values)
    _mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "user_id": user.pk if user else None,
            "to": to,
            "language": spoken,
            "subject": " ".join(subject.split())[:200],
            "text": text.strip() + "\n",
        },
    )
    return created
