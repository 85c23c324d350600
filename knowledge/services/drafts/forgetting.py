"""Drafts nobody has touched for half a year: their owners are told, two weeks later they are deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, override

from knowledge.models import ResourceDraft
from knowledge.services.drafts.writing import discard
from nexsm.accounts import retention
from nexsm.accounts.models import User
from nexsm.base.mail import absolute_url, queue

KEPT = timedelta(days=180)
TIME_AFTER_WARNING = timedelta(days=14)
_TOLD = Q(warned_at__gte=F("updated_at"))


def register() -> None:
    """Make the rules known; called once, from the app's configuration."""
    retention.register("old drafts, warned", warn_about_old)
    retention.register("old drafts, deleted", delete_old)


def warn_about_old(now: datetime) -> int:
    """Write to each person once about all drafts that will be deleted; how many drafts."""
    found = _unsent_since(now - KEPT + TIME_AFTER_WARNING).exclude(_TOLD)
    drafts = list(found.select_related("owner").order_by("owner_id", "updated_at", "pk"))
    for owner, own in groupby(drafts, key=lambda draft: draft.owner):
        _tell(owner, list(own), now)
    ResourceDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).update(warned_at=now)
    return len(drafts)


def delete_old(now: datetime) -> int:
    """Delete what nobody has touched since it was told, and what was sent long ago; how many drafts."""
    found = _unsent_since(now - KEPT).filter(_TOLD, warned_at__lte=now - TIME_AFTER_WARNING)
    # Held: whoever opens one of them now and saves it finds it gone, or keeps it.
    drafts = list(found.select_for_update().order_by("pk"))
    for draft in drafts:
        discard(draft=draft)
    # What was sent is a version of its entry; the row only remembers that.
    sent, _each = ResourceDraft.objects.filter(sent_at__lt=now - KEPT).delete()
    return len(drafts) + sent


def _unsent_since(moment: datetime) -> QuerySet[ResourceDraft]:
    return ResourceDraft.objects.filter(sent_at=None, updated_at__lte=moment)


def _tell(owner: User, drafts: Iterable[ResourceDraft], now: datetime) -> None:
    if not owner.is_active:  # she could not open them
        return
    removed_on = timezone.localtime(now + TIME_AFTER_WARNING)
    with override(owner.language):
        context = {
            "name": owner.name,
            "titles": [str(draft.value("title") or _("without a title")) for draft in drafts],
            "removed_on": date_format(removed_on, "DATE_FORMAT"),
            "url": absolute_url(reverse("knowledge:own_resources")),
        }
    queue(
        to=owner.email,
        user=owner,
        template="draft_old",
        context=context,
        language=owner.language,
        key=f"draft-old:{owner.public_id}:{now:%Y%m%d%H}",
    )
