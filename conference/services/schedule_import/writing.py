"""Writes what was planned. It runs inside one transaction, which `running` opens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from conference.enums import OccurrenceStatus
from conference.models import ConferencePage, SessionPage
from conference.models.routing import reserved_slugs
from conference.services.publication import record_conference
from conference.services.schedule_import.applying import Applier, set_value
from conference.services.schedule_import.bulk import (
    create_sessions,
    new_session,
    plain_pages,
    rewrite_sessions,
)
from conference.services.schedule_import.findings import Findings, ScheduleRefusedError
from conference.services.schedule_import.meant import Prints
from conference.services.schedule_import.people import known_people
from conference.services.schedule_import.places import conference_venue, stored_rooms
from conference.services.schedule_import.planning import Plan, SessionChange
from conference.services.schedule_import.stored import CONFERENCE, SESSION, Stored, remember
from conference.services.schedule_import.target import Target
from conference.services.schedule_import.wanted import CANCELLED, TIME, WantedSession
from conference.services.schedule_import.words import Words
from conference.signals import sessions_written
from knowledge.slugs import slug_for


@dataclass
class Outcome:
    """What happened to the pages."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    cancelled: int = 0
    locked: int = 0
    left_offline: int = 0
    conference_changed: bool = False


class Writer:
    """Brings a conference and its sessions to what the file wants."""

    def __init__(
        self,
        target: Target,
        stored: Stored,
        plan: Plan,
        words: Words,
        findings: Findings,
        *,
        publish: bool,
        cancel_missing: bool,
        user: Any = None,
    ) -> None:
        self.target, self.stored, self.plan = target, stored, plan
        self.words, self.findings = words, findings
        self.cancel_missing, self.user = cancel_missing, user
        page = target.conference
        withdrawn = page is not None and not page.live and page.first_published_at is not None
        self.publish = publish and not withdrawn
        self.outcome = Outcome(left_offline=int(publish and withdrawn))
        self.prints: dict[int, Prints] = {}
        self._created: list[int] = []
        self._plain: set[int] = set()
        self._rewritten: list[SessionPage] = []

    def write(self) -> ConferencePage:
        """Write everything; returns the conference. Raises ScheduleRefusedError."""
        conference = self.target.conference or self._new_conference()
        rooms = stored_rooms(self.plan.meant.rooms, conference, self.stored, self.findings)
        order = {room.name: place for place, room in enumerate(self.plan.meant.rooms, start=1)}
        applier = Applier(self.words, rooms, order)
        applier.people = known_people(self.plan)
        applier.main_room = conference.room
        applier.rounds = {row.uid: row for row in conference.rounds.all()}
        self._create(conference, applier)
        self._plain = plain_pages(self.stored.sessions.values()) if self.publish else set()
        for change in (*self.plan.change, *self.plan.same):
            self._change(change, applier)
        if self.cancel_missing:
            self._cancel_sessions()
        rewrite_sessions(self._rewritten, user=self.user)
        conference = self._conference(conference, applier)
        remember(SESSION, self.prints)
        return conference

    def _new_conference(self) -> ConferencePage:
        meant = self.plan.meant.conference
        page = ConferencePage(
            title=meant.title,
            slug=meant.slug,
            locale=self.target.index.locale,
            acronym=meant.acronym,
            import_id=meant.acronym,
            venue=conference_venue(meant),
            live=False,
        )
        self.target.index.add_child(instance=page)
        return page

    def _create(self, conference: ConferencePage, applier: Applier) -> None:
        taken = {page.slug for page in self.stored.sessions.values()}
        taken |= reserved_slugs(ConferencePage)
        pages = []
        for wanted in self.plan.create:
            page = new_session(import_id=wanted.import_id, slug=_slug(wanted, taken))
            applier.session(page, wanted, wanted.prints, {})
            pages.append(page)
        create_sessions(conference, pages, publish=self.publish, user=self.user)
        for page, wanted in zip(pages, self.plan.create, strict=True):
            self.prints[page.pk] = wanted.prints
        self.outcome.created = len(pages)
        self._created = [page.pk for page in pages]

    def _change(self, change: SessionChange, applier: Applier) -> None:
        page = change.page
        before = self.stored.prints.get(page.pk, {})
        gone = self.plan.gone_times.get(page.pk, set())
        to_cancel = gone if self.cancel_missing else set()
        first_time = self.publish and not page.live and page.first_published_at is None
        if page.locked and (change.columns or to_cancel or first_time):
            self.outcome.locked += 1
            return

        def apply(version: SessionPage) -> bool:
            changed = applier.session(version, change.wanted, change.columns, before)
            return _cancel(version, to_cancel) or changed

        changed = bool(change.columns or to_cancel) and self._save(page, apply)
        if first_time and not changed:
            _published(page, self.user)
        self.outcome.changed += changed
        self.outcome.unchanged += not changed
        self.outcome.cancelled += len(to_cancel)
        kept = {f"{TIME}{uid}" for uid in gone - to_cancel}
        prints = change.wanted.prints | {name: before[name] for name in kept}
        if prints != before:
            self.prints[page.pk] = prints

    def _save(self, page: Any, apply: Any) -> bool:
        """Change a page as an editor would, by revisions; says whether anything changed.

        What is online goes online changed, but never an unfinished draft and never a page that was
        withdrawn; the draft gets the change as well.
        """
        withdrawn = not page.live and page.first_published_at is not None
        if page.pk in self._plain:
            changed = apply(page)
            if changed:
                self._rewritten.append(page)
            return bool(changed)
        if not page.has_unpublished_changes:
            changed = apply(page)
            if changed:
                _revision(page, publish=self.publish and not withdrawn, user=self.user)
            return bool(changed)
        draft = page.get_latest_revision_as_object()
        changed = False
        if self.publish and page.live:
            changed = apply(page)
            if changed:
                _revision(page, publish=True, user=self.user)
                page.refresh_from_db(fields=["latest_revision", "live_revision"])
                draft.latest_revision, draft.live_revision = (
                    page.latest_revision,
                    page.live_revision,
                )
        if apply(draft):
            online = self.publish and not page.live and not withdrawn
            _revision(draft, publish=online, user=self.user)
            changed = True
        return changed

    def _cancel_sessions(self) -> None:
        for page in self.plan.gone_sessions:
            uids = {row.uid for row in page.occurrences.all()}
            if page.locked:
                self.outcome.locked += 1
            elif self._save(page, lambda version, uids=uids: _cancel(version, uids)):
                self.outcome.cancelled += len(uids)
                before = self.stored.prints[page.pk]
                self.prints[page.pk] = {
                    name: trace for name, trace in before.items() if not name.startswith(TIME)
                }

    def _conference(self, conference: ConferencePage, applier: Applier) -> ConferencePage:
        """Bring the conference itself up to date, and tell the public and the search."""
        is_new = self.target.conference is None
        columns, before = self.plan.conference_columns, self.stored.conference_prints

        def apply(version: ConferencePage) -> bool:
            changed = applier.conference(
                version,
                self.plan.meant.conference,
                columns,
                is_first_contact=not is_new and not before,
            )
            changed |= applier.items(version, self.plan.items, columns, before)
            if self.cancel_missing:
                changed |= _cancel_items(version, set(self.plan.gone_items))
            if not version.import_id:
                changed |= set_value(version, "import_id", self.plan.meant.conference.acronym)
            return changed

        if conference.locked:
            self.outcome.locked += 1
            return conference
        if is_new:
            apply(conference)
            conference.save()  # its entries get their numbers before it is public
            _revision(conference, publish=False, user=self.user)
        else:
            self.outcome.conference_changed = self._save(conference, apply)
            self.outcome.cancelled += len(self.plan.gone_items) if self.cancel_missing else 0
        conference = ConferencePage.objects.get(pk=conference.pk)
        written = [*self._created, *(page.pk for page in self._rewritten)]
        if self.publish and (written or not conference.live):
            # Before the page goes online: the numbers of the file are given first.
            record_conference(conference, _numbers(self.plan))
        if self.publish and not conference.live:
            _published(conference, self.user)
            conference = ConferencePage.objects.get(pk=conference.pk)
        if self.publish and written:
            sessions_written.send(sender=SessionPage, pks=written)
        self._remember_conference(conference)
        return conference

    def _remember_conference(self, conference: ConferencePage) -> None:
        before = self.stored.conference_prints
        prints = dict(self.plan.conference_prints)
        if not self.cancel_missing:
            names = {f"item {uid}" for uid in self.plan.gone_items}
            prints |= {name: before[name] for name in names}
        if prints != before:
            remember(CONFERENCE, {conference.pk: prints})


def _numbers(plan: Plan) -> dict[uuid.UUID, int]:
    """The file's ids as numbers for exports. One that repeats goes to the first of its times."""
    times = {uid: time for wanted in plan.create for uid, time in wanted.times.items()}
    times |= {uid: item.time for uid, item in plan.items.items()}
    found: dict[int, uuid.UUID] = {}
    for uid, time in times.items():
        if time.number is not None:
            found.setdefault(time.number, uid)
    return {uid: number for number, uid in found.items()}


def _revision(page: Any, *, publish: bool, user: Any) -> None:
    try:
        revision = page.save_revision(user=user, log_action=True)
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise ScheduleRefusedError.because(reason, page.title[:60]) from error
    if publish:
        revision.publish(user=user)


def _published(page: Any, user: Any) -> None:
    """Publish the newest version of a page that was never online."""
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)


def _cancel(page: SessionPage, uids: set[uuid.UUID]) -> bool:
    rows = list(page.occurrences.all())
    changed = False
    for row in rows:
        if row.uid in uids:
            changed |= set_value(row, "status", OccurrenceStatus(CANCELLED).value)
    if changed:
        page.occurrences.set(rows)
    return changed


def _cancel_items(page: ConferencePage, uids: set[uuid.UUID]) -> bool:
    rows = list(page.schedule_items.all())
    changed = False
    for row in rows:
        if row.uid in uids:
            changed |= set_value(row, "status", OccurrenceStatus(CANCELLED).value)
    if changed:
        page.schedule_items.set(rows)
    return changed


def _slug(wanted: WantedSession, taken: set[str]) -> str:
    """The page's address: from the title; that of the file if it is an export of this site."""
    base = slug_for(wanted.title)
    if wanted.event.url.startswith(settings.BASE_URL):
        path = urlsplit(wanted.event.url).path.strip("/")
        base = slug_for(path.rsplit("/", 1)[-1])
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug
