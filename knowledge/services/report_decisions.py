"""Decisions about reports, objections to them, and forgetting who reported."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.models.reports import (
    OFFLINE,
    AppealSide,
    ContentReport,
    ReportAppeal,
    ReportDecision,
)
from knowledge.services.reports import tell_authors, tell_reporter
from nexsm.base import items

# Art. 20 gives six months for an objection; who reported is forgotten when no more can come.
APPEAL_DAYS = 183
KEEP_REPORTER_DAYS = APPEAL_DAYS + 30


class CannotDecideError(Exception):
    """Somebody was first, or may not decide. Its text is for the editor."""


class CannotAppealError(Exception):
    """There is nothing to object to, or no more. Its text is for the person who writes."""


@transaction.atomic
def decide(
    *, report: ContentReport, decision: ReportDecision, explanation: str, by: AbstractBaseUser
) -> ContentReport:
    """Decide about a report, once, and tell both sides why (DSA Art. 16, 5 and Art. 17).

    Offline decisions take the item offline at once; a part is removed by editing the item. Raises
    CannotDecideError when somebody has decided already or the item is gone.
    """
    found = ContentReport.objects.select_for_update().get(pk=report.pk)
    if found.is_decided:
        raise CannotDecideError(_("Somebody has already decided about this report."))
    found.decision, found.explanation = decision, explanation
    found.decided_by, found.decided_at = by, timezone.now()  # type: ignore[assignment]  # our own User
    found.save(update_fields=["decision", "explanation", "decided_by", "decided_at"])
    if decision in OFFLINE:
        _take_offline(found, explanation, by)
    log(instance=found, action="knowledge.report.decide", user=by, data={"decision": decision})
    tell_reporter(found, "report_decided")
    kind = items.kind_named(found.kind)
    item = kind.get(found.key) if kind else None
    if kind and item is not None and decision != ReportDecision.KEEP:
        tell_authors(kind, item, found, "report_statement")
    return found


def may_appeal(report: ContentReport, side: str) -> bool:
    """Whether this side may object now: once, to a decision against it, within six months."""
    if report.decided_at is None or timezone.now() - report.decided_at > timedelta(
        days=APPEAL_DAYS
    ):
        return False
    against_reporter = report.decision == ReportDecision.KEEP
    if against_reporter != (side == AppealSide.REPORTER):
        return False
    return not report.appeals.filter(side=side).exists()


@transaction.atomic
def appeal(*, report: ContentReport, text: str, user: AbstractBaseUser | None) -> ReportAppeal:
    """Object to a decision, as who reported or (``user``) as an author. Raises CannotAppealError."""
    found = ContentReport.objects.select_for_update().get(pk=report.pk)
    side = AppealSide.AUTHOR if user else AppealSide.REPORTER
    if not may_appeal(found, side):
        raise CannotAppealError(_("An objection is not possible, or not any more."))
    made = ReportAppeal.objects.create(report=found, side=side, text=text, user=user)  # type: ignore[misc]
    log(instance=found, action="knowledge.report.appeal", user=user, data={"side": side})
    return made


@transaction.atomic
def decide_appeal(
    *, appeal: ReportAppeal, is_granted: bool, explanation: str, by: AbstractBaseUser
) -> ReportAppeal:
    """Decide about an objection and tell who made it.

    Granted to an author, the item is online again; granted to who reported, it goes offline. Raises
    CannotDecideError for who decided about the report, and when the objection is decided.
    """
    found = ReportAppeal.objects.select_for_update().select_related("report").get(pk=appeal.pk)
    report = found.report
    if not found.may_decide(by):
        raise CannotDecideError(_("Somebody else must decide: you decided about the report."))
    if found.is_granted is not None:
        raise CannotDecideError(_("Somebody has already decided about this objection."))
    found.is_granted, found.explanation = is_granted, explanation
    found.decided_by, found.decided_at = by, timezone.now()  # type: ignore[assignment]  # our own User
    found.save(update_fields=["is_granted", "explanation", "decided_by", "decided_at"])
    if is_granted:
        _reverse(found, by)
    log(
        instance=report,
        action="knowledge.report.decide_appeal",
        user=by,
        data={"side": found.side, "granted": is_granted},
    )
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    if found.side == AppealSide.REPORTER:
        tell_reporter(report, "report_appeal_decided", appeal=found)
        if is_granted and kind and item is not None:
            tell_authors(kind, item, report, "report_statement", appeal=found)
    elif kind and item is not None:
        tell_authors(kind, item, report, "report_appeal_decided", appeal=found)
    return found


def _take_offline(report: ContentReport, reason: str, by: AbstractBaseUser) -> None:
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    if kind is None or item is None:
        raise CannotDecideError(_("The item is not there any more. It can only be left as it is."))
    if kind.is_online(item):
        kind.take_offline(item, reason=reason, by=by)


def _reverse(appeal: ReportAppeal, by: AbstractBaseUser) -> None:
    report = appeal.report
    if appeal.side == AppealSide.REPORTER:
        _take_offline(report, appeal.explanation, by)
        return
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    if kind and item is not None and report.decision in OFFLINE and not kind.is_online(item):
        kind.put_online(item, by=by)


def forget_reporters(now: datetime | None = None) -> int:
    """Delete addresses and texts of who reported when no objection can come any more; how many."""
    before = (now or timezone.now()) - timedelta(days=KEEP_REPORTER_DAYS)
    open_or_young = Q(decided_at__isnull=True) | Q(decided_at__gte=before)
    disputed = ReportAppeal.objects.filter(open_or_young, report=OuterRef("pk"))
    old = ContentReport.objects.filter(decided_at__lt=before, forgotten_at__isnull=True)
    old = old.filter(~Exists(disputed))
    pks = list(old.values_list("pk", flat=True))
    ReportAppeal.objects.filter(report__in=pks).update(text="")
    return ContentReport.objects.filter(pk__in=pks).update(
        email="", text="", forgotten_at=now or timezone.now()
    )
