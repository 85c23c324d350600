"""Compares a file with what is stored: what is new, what changed, what is gone. Writes nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from conference.enums import OccurrenceStatus
from conference.models import SessionPage
from conference.services.schedule_import.findings import Findings
from conference.services.schedule_import.identity import Identities
from conference.services.schedule_import.meant import (
    EventMeant,
    Prints,
    ScheduleMeant,
    SessionMeant,
    as_uuid,
)
from conference.services.schedule_import.stored import Stored, strangers
from conference.services.schedule_import.wanted import (
    ITEM,
    LINK,
    TIME,
    WantedSession,
    conference_prints,
    wanted_session,
)


@dataclass
class SessionChange:
    """A stored session, what the file wants, and the columns in which the file has changed."""

    page: SessionPage
    wanted: WantedSession
    columns: set[str]


@dataclass
class Plan:
    """All that is to be done."""

    meant: ScheduleMeant
    items: dict[uuid.UUID, EventMeant]
    conference_prints: Prints
    conference_columns: set[str]
    create: list[WantedSession] = field(default_factory=list)
    change: list[SessionChange] = field(default_factory=list)
    same: list[SessionChange] = field(default_factory=list)
    # Times and entries that an earlier file had and this one has not.
    gone_times: dict[int, set[uuid.UUID]] = field(default_factory=dict)
    gone_items: dict[uuid.UUID, str] = field(default_factory=dict)
    gone_sessions: list[SessionPage] = field(default_factory=list)


def plan_import(meant: ScheduleMeant, stored: Stored, findings: Findings) -> Plan:
    """Make the plan; what would clash with other conferences is noted as a problem."""
    meant = _pages_stay_pages(meant, stored)
    acronym = meant.conference.acronym
    identities = Identities(acronym, findings)
    pages: dict[int, SessionMeant] = {}
    pairs = []
    for session in meant.sessions:
        page = _page_of(session, acronym, stored, pages, findings)
        if page is not None:
            pages[page.pk] = session
        times = identities.settle(session, page)
        pairs.append((page, wanted_session(session, acronym, times)))
    items = {
        identities.item_uid(item.place, item.guid, item.id or item.title): item
        for item in meant.items
    }
    prints = conference_prints(meant.conference, items)
    before = stored.conference_prints
    plan = Plan(meant, items, prints, {name for name in prints if before.get(name) != prints[name]})
    gone = _gone(before, prints, ITEM, set(stored.items))
    plan.gone_items = {uid: str(stored.items[uid]) for uid in gone}
    for page, wanted in pairs:
        if page is None:
            plan.create.append(wanted)
        else:
            _compare(page, wanted, stored.prints.get(page.pk, {}), plan)
    plan.gone_sessions = [
        page for page in stored.imported() if page.pk not in pages and not _is_cancelled(page)
    ]
    _check_strangers(plan, pairs, identities, stored, findings)
    return plan


def _pages_stay_pages(meant: ScheduleMeant, stored: Stored) -> ScheduleMeant:
    """An entry whose identity a session has here is that session, even if the file says "break"."""
    back = [item for item in meant.items if as_uuid(item.guid) in stored.by_uid]
    if not back:
        return meant
    sessions = [
        SessionMeant(item.id or item.guid, item, [item.time], list(item.links)) for item in back
    ]
    rest = [item for item in meant.items if item not in back]
    return replace(meant, sessions=[*meant.sessions, *sessions], items=rest)


def _page_of(
    session: SessionMeant,
    acronym: str,
    stored: Stored,
    taken: dict[int, SessionMeant],
    findings: Findings,
) -> SessionPage | None:
    """The stored session: by the UUID of one of its times, else by its key in the file."""
    uids = [uid for time in session.times if (uid := as_uuid(time.guid))]
    for uid in uids:
        page = stored.by_uid.get(uid)
        if page is not None and page.pk not in taken:
            return page
    page = stored.by_import_id.get(f"{acronym}/{session.key}")
    if page is None or page.pk in taken:
        return None
    known = {row.uid for row in page.occurrences.all()}
    if uids and known and page.title.casefold() != session.event.title.casefold():
        what = _("%(key)s was “%(title)s” before, with another guid")
        values = {"key": session.key[:60], "title": page.title}
        findings.repaired(session.event.place, what % values, _("taken as a new session"))
        session.key = str(uids[0])
        return None
    return page


def _compare(page: SessionPage, wanted: WantedSession, before: Prints, plan: Plan) -> None:
    columns = {name for name, trace in wanted.prints.items() if before.get(name) != trace}
    columns |= {name for name in before.keys() - wanted.prints.keys() if name.startswith(LINK)}
    change = SessionChange(page, wanted, columns)
    (plan.change if columns else plan.same).append(change)
    stored = {row.uid for row in page.occurrences.all()}
    if gone := _gone(before, wanted.prints, TIME, stored):
        plan.gone_times[page.pk] = gone


def _is_cancelled(page: SessionPage) -> bool:
    """Whether none of its times takes place: then there is nothing to tell any more."""
    states = {row.status for row in page.occurrences.all()}
    return states == {OccurrenceStatus.CANCELLED}


def _gone(before: Prints, now: Prints, prefix: str, stored: set[uuid.UUID]) -> set[uuid.UUID]:
    """What an earlier file had, this one has not, and is still stored."""
    names = [name for name in before.keys() - now.keys() if name.startswith(prefix)]
    return {uuid.UUID(name.removeprefix(prefix)) for name in names} & stored


def _check_strangers(
    plan: Plan,
    pairs: list[tuple[SessionPage | None, WantedSession]],
    identities: Identities,
    stored: Stored,
    findings: Findings,
) -> None:
    """A UUID that another conference has would take over its entries in people's calendars."""
    others = strangers(identities.taken, stored.conference)
    if not others:
        return
    places = {uid: time.place for _page, wanted in pairs for uid, time in wanted.times.items()}
    places |= {uid: item.place for uid, item in plan.items.items()}
    for uid, title in others.items():
        what = _("the guid %(guid)s belongs to “%(title)s” of another conference here already")
        findings.problem(places[uid], what % {"guid": uid, "title": title})
