"""What upkeep does by itself. Each job is small and may be started in several processes at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published, page_unpublished, published, unpublished

from knowledge.models import UpkeepRun
from knowledge.services import suggestions
from knowledge.services.freshness import MAIL_KIND, ask_everybody, mark_unanswered
from knowledge.services.link_checks import check_due
from knowledge.services.link_uses import forget_unused, note_links, scan
from knowledge.services.organisations.invitations import forget_old as forget_invitations
from knowledge.services.report_decisions import forget_reporters
from nexsm.base import items, periodic
from nexsm.base.mail import kinds

logger = logging.getLogger(__name__)

# Processes look every hour whether the day's run has been; the first one does it.
MINUTE = 60
HOUR = 3600
DAY = timedelta(hours=23)


def register() -> None:
    """Make the jobs and their mails known; called once, from the app's configuration."""
    kinds.register(
        MAIL_KIND,
        _("Questions about my entries"),
        _("Twice a year: whether your entries are still right."),
    )
    suggestions.register_kind()
    # Apart: it waits for other machines.
    periodic.register("links", check_links, every=MINUTE, apart=True)
    for signal in (published, unpublished, page_published, page_unpublished):
        signal.connect(on_publication)
    periodic.register("upkeep_daily", _daily, every=HOUR)


def daily(now: datetime | None = None) -> bool:
    """Ask about freshness, mark what was not answered, forget who reported and who was invited.

    Returns False if it was done today already. A job that fails is logged, and the others go on.
    """
    moment = now or timezone.now()
    if not first_in("daily", DAY, moment):
        return False
    jobs: tuple[Callable[[], object], ...] = (
        lambda: forget_reporters(moment),
        forget_unused,
        lambda: suggestions.forget_old(moment),
        lambda: forget_invitations(moment),
        lambda: mark_unanswered(moment),
        lambda: ask_everybody(moment),
    )
    for job in jobs:
        try:
            job()
        except Exception:
            logger.exception("A job of the day failed.")
    return True


def check_links() -> None:
    """Note the links of some items and check some that are due, if the site may ask others."""
    if settings.LINK_CHECK:
        scan(timezone.now())
        check_due()


def on_publication(sender: type[Any], instance: Any, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of Wagtail's signals: what was corrected leaves the list at once."""
    if not settings.LINK_CHECK:
        return
    for kind in items.kinds():
        if kind.knows(instance):
            note_links(kind, instance)


def first_in(name: str, period: timedelta, now: datetime) -> bool:
    """Whether this process is the first to ask within a period; only that one may work."""
    rows = UpkeepRun.objects.filter(name=name)
    if rows.filter(started_at__lte=now - period).update(started_at=now):
        return True
    if rows.exists():
        return False
    try:
        with transaction.atomic():
            UpkeepRun.objects.create(name=name, started_at=now)
    except IntegrityError:  # another process, a moment ago
        return False
    return True


def _daily() -> None:
    daily()
