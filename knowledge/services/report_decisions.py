"""Decisions about reports, objections to them, and forgetting who reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _, override
from wagtail.log_actions import LogContext, log, registry as log_registry
from wagtail.models import ModelLogEntry

from knowledge.models.reports import (
    OFFLINE,
    AppealSide,
    ContentReport,
    ReportAppeal,
    ReportDecision,
)
from knowledge.services.editor_mails import REPORT_OBJECTION, editors_who, tell_editors
from knowledge.services.four_eyes import OWN_DECISION, SOMEBODY_ELSE
from knowledge.services.report_rights import (
    has_decided,
    is_about_own,
    is_left_to_decider,
    may_decide_objection,
    may_decide_report,
)
from knowledge.services.reports import tell_authors, tell_reporter
from nexsm.accounts.models import User
from nexsm.base import items

# Art. 20 gives six months for an objection; who reported is forgotten when no more can come.
APPEAL_DAYS = 183
KEEP_REPORTER_DAYS = APPEAL_DAYS + 30
DECIDED_AGAIN = "knowledge.report.decided_again"


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
    CannotDecideError when somebody has decided already, the item is gone or is one's own.
    """
    found = _held(report)
    _refuse_own(found, by)
    if found.is_decided:
        raise CannotDecideError(_("Somebody has already decided about this report."))
    found.decision, found.explanation = decision, explanation
    found.decided_by, found.decided_at = by, timezone.now()
    found.save(update_fields=["decision", "explanation", "decided_by", "decided_at"])
    with LogContext(user=by):
        if decision in OFFLINE:
            _take_offline(found, by)
        log(instance=found, action="knowledge.report.decide", user=by, data={"decision": decision})
        _note_own(found, by)
    is_left = is_left_to_decider(found)
    tell_reporter(found, "report_decided", is_by_same_person=is_left)
    kind = items.kind_named(found.kind)
    item = kind.get(found.key) if kind else None
    if kind and item is not None and decision != ReportDecision.KEEP:
        tell_authors(kind, item, found, "report_statement", is_by_same_person=is_left)
    return found


def may_appeal(report: ContentReport, side: str) -> bool:
    """Whether this side may object now: once, to what holds now and is against it, within six months."""
    holds = report.standing()
    if holds is None or timezone.now() - holds.decided_at > timedelta(days=APPEAL_DAYS):
        return False
    against_reporter = holds.decision == ReportDecision.KEEP
    if against_reporter != (side == AppealSide.REPORTER):
        return False
    return not report.appeals.filter(side=side).exists()


@transaction.atomic
def appeal(*, report: ContentReport, text: str, user: User | None) -> ReportAppeal:
    """Object to a decision, as who reported or (``user``) as an author. Who may decide gets a mail.

    Raises CannotAppealError.
    """
    found = ContentReport.objects.select_for_update().get(pk=report.pk)
    side = AppealSide.AUTHOR if user else AppealSide.REPORTER
    if not may_appeal(found, side):
        raise CannotAppealError(_("An objection is not possible, or not any more."))
    made = ReportAppeal.objects.create(report=found, side=side, text=text, user=user)
    log(instance=found, action="knowledge.report.appeal", user=user, data={"side": side})
    tell_editors(
        editors_who(ContentReport, lambda judge: may_decide_objection(judge, made), but=user),
        REPORT_OBJECTION,
        made,
        opens=found,
        report=found,
        appeal=made,
    )
    return made


@transaction.atomic
def decide_appeal(
    *, appeal: ReportAppeal, is_granted: bool, explanation: str, by: AbstractBaseUser
) -> ReportAppeal:
    """Decide about an objection and tell who made it.

    Granted to an author, the item is online again, unless something else keeps it offline; granted to
    who reported, it goes offline. Raises CannotDecideError for who made the decision that holds now
    (unless nobody else may) or looks after the item, and when the objection is decided.
    """
    report = _held(appeal.report)
    found = ReportAppeal.objects.select_for_update().get(pk=appeal.pk)
    found.report = report
    _refuse_own(report, by)
    if not may_decide_objection(by, found):
        raise CannotDecideError(_("Somebody else must decide: you decided about the report."))
    holds, is_same = report.standing(), has_decided(by, report)
    if found.is_granted is not None:
        raise CannotDecideError(_("Somebody has already decided about this objection."))
    found.is_granted, found.explanation = is_granted, explanation
    found.decided_by, found.decided_at = by, timezone.now()
    found.save(update_fields=["is_granted", "explanation", "decided_by", "decided_at"])
    with LogContext(user=by):
        if is_granted:
            _reverse(found, by, was_offline=holds is not None and holds.decision in OFFLINE)
        data = {"side": found.side, "granted": is_granted}
        log(instance=report, action="knowledge.report.decide_appeal", user=by, data=data)
        if is_same:
            log(instance=report, action=DECIDED_AGAIN, user=by)
        _note_own(report, by)
    _tell_of_objection(found, is_same=is_same)
    return found


def _tell_of_objection(appeal: ReportAppeal, *, is_same: bool) -> None:
    """Tell who objected, and the authors when it turned a decision against them.

    ``is_same``: who decided about it had made the decision herself.
    """
    report = appeal.report
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    more: dict[str, Any] = {"appeal": appeal, "is_by_same_person": is_same}
    if appeal.side == AppealSide.REPORTER:
        tell_reporter(report, "report_appeal_decided", **more)
        if appeal.is_granted and kind and item is not None:
            more["is_by_same_person"] = is_left_to_decider(report)
            tell_authors(kind, item, report, "report_statement", **more)
    elif kind and item is not None:
        tell_authors(kind, item, report, "report_appeal_decided", **more)


def _held(report: ContentReport) -> ContentReport:
    """The report as it is now. All about its item are held until the transaction ends.

    What becomes of the item depends on the decisions about all of them: two that are made at the same
    moment must see one another.
    """
    about_it = ContentReport.objects.filter(kind=report.kind, key=report.key)
    rows = {row.pk: row for row in about_it.select_for_update().order_by("pk")}
    return rows[report.pk]


def _refuse_own(report: ContentReport, by: AbstractBaseUser) -> None:
    if not may_decide_report(by, report):
        raise CannotDecideError(str(SOMEBODY_ELSE))


def _note_own(report: ContentReport, by: AbstractBaseUser) -> None:
    if is_about_own(report, by):
        log(instance=report, action=OWN_DECISION, user=by)


def _take_offline(report: ContentReport, by: AbstractBaseUser) -> None:
    """Hide the item. Its address says publicly that there was a report, not what is told to both sides."""
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    if kind is None or item is None:
        raise CannotDecideError(_("The item is not there any more. It can only be left as it is."))
    if kind.is_online(item):
        with override(settings.LANGUAGE_CODE):
            reason = _("Taken offline by the editors after a report.")
        kind.take_offline(item, reason=reason, by=by)


def _reverse(appeal: ReportAppeal, by: AbstractBaseUser, *, was_offline: bool) -> None:
    report = appeal.report
    if appeal.side == AppealSide.REPORTER:
        _take_offline(report, by)
        return
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    if kind is None or item is None or not was_offline or kind.is_online(item):
        return
    if _is_offline_only_by(report, item):
        kind.put_online(item, by=by)


def _is_offline_only_by(report: ContentReport, item: Any) -> bool:
    """Whether nothing but this decision keeps the item offline: no other one, no later withdrawal."""
    reports = ContentReport.objects.filter(kind=report.kind, key=report.key)
    granted = ReportAppeal.objects.filter(report=OuterRef("pk"), is_granted=True)
    # The objection that was granted last says what holds now, as in `ContentReport.standing`.
    last_side = granted.order_by("-decided_at", "-pk").values("side")[:1]
    others = reports.exclude(pk=report.pk).annotate(last_side=Subquery(last_side))
    standing = Q(decision__in=OFFLINE, last_side__isnull=True)
    standing |= Q(last_side=AppealSide.REPORTER)
    if others.filter(standing).exists():
        return False
    # The last withdrawal must belong to a decision about a report: what one step logs has one number.
    withdrawals = log_registry.get_logs_for_instance(item).filter(action="wagtail.unpublish")
    last = withdrawals.order_by("-timestamp", "-pk").values_list("uuid", flat=True).first()
    decisions = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ContentReport),
        action__startswith="knowledge.report.decide",
        object_id__in=[str(pk) for pk in reports.values_list("pk", flat=True)],
    )
    return last is not None and decisions.filter(uuid=last).exists()


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
