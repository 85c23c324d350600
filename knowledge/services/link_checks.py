"""Asking other sites whether links still work: seldom, politely, and slow to say that one is broken."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from knowledge.models.links import CheckedLink, LinkHost, LinkState
from nexsm.base.fetching import FetchFailedError, FetchRefusedError, fetch
from nexsm.base.fetching.asking import UNKNOWN_HOST

logger = logging.getLogger(__name__)

BATCH = 10
CLAIMED_FOR = timedelta(minutes=10)
HOST_PAUSE = timedelta(seconds=30)
# knowledge.md, no. 21: broken only after several failures over days.
FAILURES = 3
FAILING_FOR = timedelta(days=3)
NEXT = {
    LinkState.OK: timedelta(days=7),
    LinkState.UNSURE: timedelta(days=1, hours=7),
    LinkState.BROKEN: timedelta(days=7),
}
GONE = {404, 410}
ERRORS_FROM = 400


@dataclass(frozen=True)
class Finding:
    """What one look at an address showed. ``is_gone``: it was said that nothing is there."""

    works: bool
    is_gone: bool
    reason: str
    etag: str = ""


def check_due(now: datetime | None = None, *, limit: int = BATCH) -> int:
    """Check some links that are due, at most one of each server; how many.

    Rows are claimed one by one, so several workers never ask for the same link, and each server has
    its pause whoever asks.
    """
    moment = now or timezone.now()
    checked = 0
    seen: set[str] = set()
    for link in CheckedLink.objects.filter(due_at__lte=moment).order_by("due_at", "pk")[
        : limit * 20
    ]:
        if link.host in seen:
            continue
        seen.add(link.host)
        if not _claim(link, moment):
            continue
        _check(link, moment)
        checked += 1
        if checked == limit:
            break
    return checked


def _check(link: CheckedLink, now: datetime) -> None:
    """Look at one link. Whatever goes wrong with it, the others get their turn."""
    try:
        note(link, look_at(link), now)
    except Exception:
        logger.exception("The link %s could not be checked.", link.pk)
        # Not again in a moment: the next look would end in the same way.
        CheckedLink.objects.filter(pk=link.pk).update(due_at=now + NEXT[LinkState.UNSURE])


def _claim(link: CheckedLink, now: datetime) -> bool:
    LinkHost.objects.get_or_create(host=link.host, defaults={"free_at": now})
    free = LinkHost.objects.filter(host=link.host, free_at__lte=now)
    if not free.update(free_at=now + HOST_PAUSE):
        return False
    mine = CheckedLink.objects.filter(pk=link.pk, due_at=link.due_at)
    return bool(mine.update(due_at=now + CLAIMED_FOR))


def look_at(link: CheckedLink) -> Finding:
    """Ask for the head of the page, and for the page itself where a server answers that badly."""
    finding = _ask(link.url, "HEAD", link.etag)
    return finding if finding.works else _ask(link.url, "GET", "")


def _ask(url: str, method: str, etag: str) -> Finding:
    try:
        # Of the page itself nothing is needed: the status stands before it.
        fetched = fetch(url, method=method, max_bytes=0, etag=etag)
    except FetchRefusedError:
        return Finding(works=False, is_gone=False, reason="refused")
    except FetchFailedError as failure:
        is_gone = failure.reason == UNKNOWN_HOST
        return Finding(works=False, is_gone=is_gone, reason=failure.reason)
    status = fetched.status
    return Finding(
        works=status < ERRORS_FROM,
        is_gone=status in GONE,
        reason=str(status),
        etag=fetched.etag[:200],
    )


@transaction.atomic
def note(link: CheckedLink, finding: Finding, now: datetime) -> None:
    """Keep a finding. Broken is only what was gone several times over days; what recovers starts anew.

    A server that refuses programs (403, 429), is slow or has a bad certificate says nothing about the
    page: such a link is unsure, and one that was broken stays so until it works.
    """
    found = CheckedLink.objects.select_for_update().get(pk=link.pk)
    found.checked_at, found.reason = now, finding.reason
    if finding.works:
        found.state, found.failures, found.failing_since = LinkState.OK, 0, None
        found.etag = finding.etag
    else:
        found.failing_since = found.failing_since or now
        found.failures += finding.is_gone
        long_enough = now - found.failing_since >= FAILING_FOR
        if found.failures >= FAILURES and long_enough:
            found.state = LinkState.BROKEN
        elif found.state != LinkState.BROKEN:
            found.state = LinkState.UNSURE
    found.due_at = now + NEXT[LinkState(found.state)]
    found.save()
