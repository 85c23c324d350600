"""Which stored person a name of the file is. A name alone never says it.

Two things do: the key of the file is the one the record was imported under (or our own public id),
or an editor has linked the same key before, in another session of this conference.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from conference.models import Person
from conference.services.schedule_import.meant import as_uuid
from conference.services.schedule_import.planning import Plan

AT_ONCE = 500


def known_people(plan: Plan) -> dict[str, Person]:
    """Stored people by key. A key that stands for two people stands for none."""
    acronym = plan.meant.conference.acronym
    keys = {
        key
        for session in plan.meant.sessions
        for person in session.event.people
        for key in person.keys
    }
    found: defaultdict[str, dict[int, Person]] = defaultdict(dict)
    scoped = {(key if as_uuid(key) else f"{acronym}/{key}"): key for key in keys}
    for person in _by_import_id(sorted(scoped)):
        found[scoped[person.import_id]][person.pk] = person
    for person in _by_public_id({uid for key in keys if (uid := as_uuid(key))}):
        found[str(person.public_id)][person.pk] = person
    for change in (*plan.change, *plan.same):
        linked = {str(row): row.person for row in change.page.participations.all() if row.person_id}
        for named in change.wanted.event.people:
            if record := linked.get(named.name):
                for key in named.keys:
                    found[key][record.pk] = record
    return {key: next(iter(rows.values())) for key, rows in found.items() if len(rows) == 1}


def _by_import_id(keys: list[str]) -> Iterable[Person]:
    for start in range(0, len(keys), AT_ONCE):
        yield from Person.objects.filter(import_id__in=keys[start : start + AT_ONCE])


def _by_public_id(uids: set[uuid.UUID]) -> Iterable[Person]:
    wanted = sorted(uids)
    for start in range(0, len(wanted), AT_ONCE):
        yield from Person.objects.filter(public_id__in=wanted[start : start + AT_ONCE])
