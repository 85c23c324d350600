"""Lists of hundred entries are imported, approved or reported at once: nobody gets hundred mails of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from nexsm.accounts.models import User
from nexsm.base.mail import queue
from nexsm.base.models import OutgoingMail

# After so many mails of a sort within an hour, one more says that there are more and where; the rest of
# that hour is silent.
BURST = 5
_HOUR = timedelta(hours=1)


def queue_unless_flooded(
    person: User,
    *,
    template: str,
    key: str,
    context: Mapping[str, Any],
    kind: str,
    more: str = "",
    more_key: str = "",
) -> None:
    """Queue one mail for a person, or, after `BURST` of them within an hour, the one that names no entry.

    ``key`` names the event; the template and the person belong to it anyway. ``more`` is the template of the
    mail about all others, and stands before its key unless ``more_key`` says otherwise; without it there is
    a mail for each.
    """
    chosen, whole_key = template, f"{template}:{key}:{person.pk}"
    if more and _is_flooded(person, template):
        chosen, whole_key = more, f"{more_key or more}:{person.pk}:{timezone.now():%Y%m%d%H}"
    queue(
        to=person.email,
        user=person,
        template=chosen,
        context=context,
        language=person.language,
        key=whole_key,
        kind=kind,
    )


def _is_flooded(person: User, template: str) -> bool:
    """Whether this person has got so many mails of the sort that one for each would be a flood."""
    recent = OutgoingMail.objects.filter(
        user=person, created_at__gt=timezone.now() - _HOUR, key__startswith=f"{template}:"
    )
    return recent.count() >= BURST
