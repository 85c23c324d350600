"""Leads an import: read, understand, compare; then write everything in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conference.models import ConferencePage
from conference.services.schedule_import.facts import acronym_of
from conference.services.schedule_import.findings import (
    Finding,
    Findings,
    ScheduleRefusedError,
)
from conference.services.schedule_import.meaning import understand
from conference.services.schedule_import.planning import Plan, plan_import
from conference.services.schedule_import.raw import RawSchedule
from conference.services.schedule_import.reading import read_bytes, read_file
from conference.services.schedule_import.stored import Stored
from conference.services.schedule_import.target import Target, find_target
from conference.services.schedule_import.words import Words
from conference.services.schedule_import.writing import Outcome, Writer
from conference.services.schedule_import.zones import Trust, zone_of


@dataclass(frozen=True)
class ImportOptions:
    """How to treat a file."""

    conference: str = ""
    parent: str = ""
    timezone: str = ""
    trust: Trust = ""
    publish: bool = False
    dry_run: bool = False
    cancel_missing: bool = False
    user: Any = None
    # How many entries (times, breaks) a file may have; None: as many as can be read.
    most: int | None = None


@dataclass
class ScheduleReport:
    """What an import did, or would do (`dry_run`)."""

    kind: str
    version: str
    title: str
    is_new: bool
    dry_run: bool
    counts: dict[str, int]
    repairs: list[Finding]
    repair_total: int
    left_out: Counter[str]
    outcome: Outcome
    # Titles of what an earlier file had and this one has not.
    gone_sessions: list[str] = field(default_factory=list)
    gone_times: list[str] = field(default_factory=list)
    gone_items: list[str] = field(default_factory=list)
    conference: ConferencePage | None = None


def import_schedule(source: Path | bytes, options: ImportOptions) -> ScheduleReport:
    """Import a schedule.xml or schedule.json: a new conference, or changes of a known one.

    All or nothing; the same file again changes nothing. A trial takes as long and holds the same:
    the pages, on SQLite the whole database. Raises ScheduleRefusedError with every problem found;
    then nothing was written.
    """
    findings = Findings()
    raw = read_bytes(source, findings) if isinstance(source, bytes) else read_file(source, findings)
    _check_size(raw, options)
    target = find_target(acronym_of(raw), conference=options.conference, parent=options.parent)
    _check_permission(target, options)
    try:
        with transaction.atomic():
            target.hold()
            stored, plan, words = _plan(raw, target, findings, options)
            writer = Writer(
                target,
                stored,
                plan,
                words,
                findings,
                publish=options.publish,
                cancel_missing=options.cancel_missing,
                user=options.user,
            )
            conference = writer.write()
            # A trial writes as well and takes it back: what a page says already in other words, is
            # locked or stays a draft is only found out by writing. So it holds the pages as well: it
            # would take them in another order than editors do, and PostgreSQL break one of both off.
            transaction.set_rollback(options.dry_run)
    except IntegrityError as error:
        reason = _("Somebody else wrote the same entries at the same time. Please start again.")
        raise ScheduleRefusedError.because(reason) from error
    report = _report(raw, target, plan, findings, writer.outcome, dry_run=options.dry_run)
    report.conference = target.conference if options.dry_run else conference
    return report


def _check_size(raw: RawSchedule, options: ImportOptions) -> None:
    """Raises ScheduleRefusedError for more entries than may be imported in this way."""
    if options.most is not None and len(raw.events) > options.most:
        reason = _(
            "A file may have at most %(most)s entries here, because nobody else can save meanwhile. "
            "The people who run this site can import it with a command (import_schedule)."
        )
        raise ScheduleRefusedError.because(reason % {"most": options.most})


def _check_permission(target: Target, options: ImportOptions) -> None:
    """Raises ScheduleRefusedError when the user (if there is one) may not do this by hand either."""
    if options.user is None:
        return
    if target.conference is None:
        may = target.index.permissions_for_user(options.user)
        allowed = may.can_publish_subpage() if options.publish else may.can_add_subpage()
    else:
        may = target.conference.permissions_for_user(options.user)
        allowed = may.can_edit() and may.can_add_subpage()
        allowed = allowed and (may.can_publish_subpage() or not options.publish)
    if not allowed:
        reason = _("You may not do this with this conference. Please ask somebody who may publish.")
        raise ScheduleRefusedError.because(reason)


def _plan(
    raw: RawSchedule, target: Target, findings: Findings, options: ImportOptions
) -> tuple[Stored, Plan, Words]:
    """Understand and compare. Raises ScheduleRefusedError when there are problems."""
    known = target.conference.timezone if target.conference else ""
    zone = zone_of(raw, findings, wanted=options.timezone, known=known)
    words = Words()
    meant = understand(raw, zone, words, findings, trust=options.trust)
    stored = Stored(target.conference)
    plan = plan_import(meant, stored, findings)
    findings.refuse_if_problems()
    return stored, plan, words


def _report(
    raw: RawSchedule,
    target: Target,
    plan: Plan,
    findings: Findings,
    outcome: Outcome,
    *,
    dry_run: bool,
) -> ScheduleReport:
    times = [
        change.page.title
        for change in (*plan.change, *plan.same)
        for _uid in plan.gone_times.get(change.page.pk, ())
    ]
    return ScheduleReport(
        kind=raw.kind,
        version=raw.version,
        title=plan.meant.conference.title,
        is_new=target.conference is None,
        dry_run=dry_run,
        counts=plan.meant.counts(),
        repairs=findings.repairs,
        repair_total=findings.repair_total,
        left_out=+findings.left_out,
        outcome=outcome,
        gone_sessions=[page.title for page in plan.gone_sessions],
        gone_times=times,
        gone_items=list(plan.gone_items.values()),
    )
