"""What upkeep does by itself. Each job is small and may be started in several processes at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models import UpkeepRun
from knowledge.services.freshness import ask_everybody, mark_unanswered
from knowledge.services.report_decisions import forget_reporters
from nexsm.base import periodic
from nexsm.base.mail import kinds

# Processes look every hour whether the day's run has been; the first one does it.
HOUR = 3600
DAY = timedelta(hours=23)


def register() -> None:
    """Make the jobs and their mails known; called once, from the app's configuration."""
    kinds.register(
        "freshness",
        _("Questions about my entries"),
        _("Twice a year: whether your entries are still right."),
    )
    periodic.register("upkeep_daily", _daily, every=HOUR)


def daily(now: datetime | None = None) -> bool:
    """Ask about freshness, mark what was not answered, forget who reported. False: was done today."""
    moment = now or timezone.now()
    if not first_in("daily", DAY, moment):
        return False
    forget_reporters(moment)
    mark_unanswered(moment)
    ask_everybody(moment)
    return True


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
