"""Gives each time of a file the UUID by which calendars know it: as it stands in the file if it can be.

Three things go wrong in real files. A guid is no UUID, or missing: one is computed from acronym and
key, the same at every import. A guid stands several times: all but one get a computed one. A
generator renames guids when a time is added (pretalx numbers them by start): a time that has the
start and the room of a known one keeps the known UUID.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from conference.models import Occurrence, SessionPage
from conference.services.schedule_import.findings import Findings
from conference.services.schedule_import.meant import SessionMeant, TimeMeant, as_uuid

NAMESPACE = uuid.UUID("0b1c0a64-9d3c-5f2e-8f0e-5c2f5b0d7a11")


class Identities:
    """Settles UUIDs session by session and never gives one twice."""

    def __init__(self, acronym: str, findings: Findings) -> None:
        self.acronym = acronym
        self.findings = findings
        self.taken: set[uuid.UUID] = set()

    def settle(
        self, session: SessionMeant, page: SessionPage | None
    ) -> list[tuple[uuid.UUID, TimeMeant]]:
        """The times of a session with their UUIDs. `page` is the stored session."""
        rows: dict[uuid.UUID, Occurrence] = {}
        if page is not None:
            rows = {row.uid: row for row in page.occurrences.all()}
        wanted = self._wanted(session)
        settled: dict[int, uuid.UUID] = {}
        free = set(rows)
        for place, uid in enumerate(wanted):
            if uid in rows and uid in free and _same(rows[uid], session.times[place]):
                settled[place] = uid
                free.discard(uid)
        for place, uid in enumerate(wanted):
            if place not in settled and uid in free:
                settled[place] = uid
                free.discard(uid)
        for place, uid in enumerate(wanted):
            if place not in settled:
                settled[place] = self._known_time(session.times[place], uid, rows, free)
        self.taken.update(settled.values())
        return [(settled[place], time) for place, time in enumerate(session.times)]

    def item_uid(self, place: str, guid: str, key: str) -> uuid.UUID:
        """The UUID of an entry without a page."""
        uid = self._base(guid, key)
        number = 1
        while uid in self.taken:
            number += 1
            uid = uuid.uuid5(uid, str(number))
        if number > 1:
            self._report_double(place, guid or key)
        self.taken.add(uid)
        return uid

    def _wanted(self, session: SessionMeant) -> list[uuid.UUID]:
        """UUIDs from the file, those that stand several times made different in their order."""
        bases = [self._base(time.guid, time.key or session.key) for time in session.times]
        counts, seen, wanted = Counter(bases), defaultdict[uuid.UUID, int](int), []
        for time, base in zip(session.times, bases, strict=True):
            seen[base] += 1
            uid = base if seen[base] == 1 else uuid.uuid5(base, str(seen[base]))
            if uid in self.taken:  # another session has it
                uid = uuid.uuid5(base, f"{session.event.title}/{seen[base]}")
            if counts[base] > 1 and seen[base] > 1:
                self._report_double(time.place, time.guid or time.key)
            elif time.guid and as_uuid(time.guid) is None:
                what = _("guid “%(guid)s” is no UUID") % {"guid": time.guid[:60]}
                how = _("a UUID is computed from it")
                self.findings.repaired(time.place, what, how)
            wanted.append(uid)
        return wanted

    def _base(self, guid: str, key: str) -> uuid.UUID:
        return as_uuid(guid) or uuid.uuid5(NAMESPACE, f"{self.acronym}/{guid or key}")

    def _known_time(
        self,
        time: TimeMeant,
        uid: uuid.UUID,
        rows: dict[uuid.UUID, Occurrence],
        free: set[uuid.UUID],
    ) -> uuid.UUID:
        same = [known for known in free if _same(rows[known], time)] if time.start else []
        if len(same) != 1:
            return uid
        free.discard(same[0])
        what = _("the guid is new, time and room are known")
        self.findings.repaired(time.place, what, _("the known identity is kept"))
        return same[0]

    def _report_double(self, place: str, key: str) -> None:
        what = _("guid %(guid)s stands several times") % {"guid": key[:60]}
        self.findings.repaired(place, what, _("a UUID of its own is computed for this time"))


def _same(row: Occurrence, time: TimeMeant) -> bool:
    room = time.room.name if time.room else ""
    return row.start == time.start and (row.room.name if row.room else "") == room
