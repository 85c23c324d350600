"""Suggested changes: taken in from everybody, told to who answers for the item, answered once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, override
from wagtail.log_actions import log

from knowledge.models import EditSuggestion, SuggestionState
from knowledge.services.visitor_mails import address_to_write_to, is_flood
from nexsm.base import items, mail, throttle
from nexsm.base.items import ItemKind
from nexsm.base.mail import kinds

PER_SENDER = 10
# Mails of a day to one person; what is suggested beyond that stands in her list.
PER_AUTHOR = 10
# What nobody has looked at for a year is no help any more; addresses are not kept longer than needed.
KEPT = timedelta(days=365)


class SuggestionLimitReachedError(Exception):
    """Too many suggestions in a short time. Its text is for the person who writes."""


class AlreadyDecidedError(Exception):
    """Somebody was first. Its text is for who decides."""


def register_kind() -> None:
    """What people may choose to get."""
    kinds.register(
        "suggestion",
        gettext_lazy("Suggestions from visitors"),
        gettext_lazy("Somebody suggests a change in one of your entries."),
    )


@transaction.atomic
def suggest(
    *,
    kind: ItemKind,
    item: Any,
    part: str,
    text: str,
    email: str,
    language: str,
    sender_key: str,
) -> EditSuggestion:
    """Keep a suggestion and tell who answers for the item; without such people editors see it.

    An address that has had enough mails is not kept. While very many suggestions come in nobody gets
    mails about them. ``sender_key`` says who writes, for the rate limit only; it is not kept. Raises
    SuggestionLimitReachedError after too many suggestions from one sender.
    """
    if not throttle.allow("suggest", sender_key, limit=PER_SENDER, seconds=throttle.HOUR):
        raise SuggestionLimitReachedError(
            _("Too many messages in a short time. Please try again in an hour.")
        )
    is_quiet = is_flood("suggest")
    made = EditSuggestion.objects.create(
        kind=kind.name,
        key=kind.key_of(item),
        title=kind.title_of(item)[:300],
        part=part,
        text=text,
        email="" if is_quiet else address_to_write_to(email),
        language=language,
    )
    if not is_quiet:
        _tell_authors(made, kind.authors_of(item))
    return made


def _tell_authors(made: EditSuggestion, authors: Iterable[AbstractBaseUser]) -> None:
    for author in authors:
        if not throttle.allow(
            "suggestion-to", str(author.pk), limit=PER_AUTHOR, seconds=throttle.DAY
        ):
            continue
        spoken = getattr(author, "language", "") or settings.LANGUAGE_CODE
        with override(spoken):
            link = f"{settings.BASE_URL}{reverse('knowledge:own_suggestions')}"
        mail.queue(
            to=author.email,  # type: ignore[attr-defined]  # our own User has one
            template="suggestion",
            context={"suggestion": made, "link": link},
            language=spoken,
            key=f"suggestion:{made.pk}:{author.pk}",
            kind="suggestion",
            user=author,
        )


@transaction.atomic
def decide(
    *, suggestion: EditSuggestion, is_accepted: bool, by: AbstractBaseUser, answer: str = ""
) -> EditSuggestion:
    """Take a suggestion up or not, once, and thank whoever left an address; then forget the address.

    Taking it up changes nothing by itself: it stands beside the form until the item is published.
    Raises AlreadyDecidedError.
    """
    found = EditSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not found.is_open:
        raise AlreadyDecidedError(_("Somebody has already decided about this suggestion."))
    found.state = SuggestionState.ACCEPTED if is_accepted else SuggestionState.DECLINED
    found.answer, found.decided_at = answer[:500], timezone.now()
    found.decided_by = by
    if found.email:
        mail.queue(
            to=found.email,
            template="suggestion_thanks",
            context={"suggestion": found, "is_accepted": is_accepted},
            language=found.language or settings.LANGUAGE_CODE,
            key=f"suggestion:{found.pk}",
        )
    found.email = ""
    found.save()
    kind = items.kind_named(found.kind)
    item = kind.get(found.key) if kind else None
    if item is not None:
        log(
            instance=item,
            action="knowledge.suggestion",
            user=by,
            data={"accepted": is_accepted, "text": found.text[:300]},
        )
    return found


def forget_old(now: datetime) -> int:
    """Delete suggestions after a year; how many."""
    return EditSuggestion.objects.filter(created_at__lt=now - KEPT).delete()[0]
