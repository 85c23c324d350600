"""Which events of a file are one session: schedule formats know no session with several times.

Generators repeat the id (frab, pretalx), the guid (older pretalx), or only the page (wafer, our own
exports, whose ids and guids are unique as the format demands). The same title alone is not enough:
"Lightning talks" on two days are two sessions.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from conference.services.schedule_import.findings import Findings
from conference.services.schedule_import.meant import EventMeant, LinkMeant, SessionMeant, TimeMeant
from knowledge.slugs import slug_for


def sessions_of(events: list[EventMeant], findings: Findings) -> list[SessionMeant]:
    """Group events into sessions, in the order of the file."""
    groups: list[list[EventMeant]] = []
    by_key: dict[tuple[str, str], int] = {}
    for event in events:
        place = _group_of(event, groups, by_key, findings)
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].append(event)
        for key in _keys(event):
            by_key.setdefault(key, place)
    taken: set[str] = set()
    return [_session(group, taken, findings) for group in groups]


def items_of(events: list[EventMeant], findings: Findings) -> list[EventMeant]:
    """Entries without a page. A break that the file repeats for each room is one break."""
    found: dict[tuple[object, ...], EventMeant] = {}
    for event in events:
        what = (event.item_kind, event.title, event.time.start, event.time.end)
        first = found.setdefault(what, event)
        if first is not event:
            text = _("the same entry as %(other)s, in another room")
            findings.repaired(event.place, text % {"other": first.place}, _("taken over once"))
    return list(found.values())


def _keys(event: EventMeant) -> Iterator[tuple[str, str]]:
    for name in ("guid", "id", "code", "url"):
        if value := getattr(event, name):
            yield name, value


def _group_of(
    event: EventMeant,
    groups: list[list[EventMeant]],
    by_key: dict[tuple[str, str], int],
    findings: Findings,
) -> int | None:
    """The group an event belongs to: the same key and the same title."""
    for name, value in _keys(event):
        place = by_key.get((name, value))
        if place is None:
            continue
        other = groups[place][0]
        if _title(other) == _title(event) and (name != "url" or other.people == event.people):
            return place
        if name != "url":  # one address for a whole programme is nothing unusual
            what = _("%(name)s %(value)s is that of %(other)s, too")
            values = {"name": name, "value": value[:60], "other": other.place}
            how = _("the titles differ: taken as a session of its own")
            findings.repaired(event.place, what % values, how)
    return None


def _session(group: list[EventMeant], taken: set[str], findings: Findings) -> SessionMeant:
    first = group[0]
    key = next((key for key in (first.id, first.guid, first.code, first.url) if key), "")
    if not key:
        key = slug_for(first.title)
        how = _("known by its title from now on")
        findings.repaired(first.place, _("neither id nor guid nor address"), how)
    number, base = 1, key[:120]
    key = base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key)
    for event in group[1:]:
        if event.content != first.content:
            what = _("the texts differ from those of %(other)s") % {"other": first.place}
            findings.repaired(event.place, what, _("the first ones are taken"))
    return SessionMeant(key, first, _times(group, findings), _links(group))


def _times(group: list[EventMeant], findings: Findings) -> list[TimeMeant]:
    """The times; one that stands twice with the same room is one."""
    found: dict[tuple[object, ...], TimeMeant] = {}
    for event in group:
        time = event.time
        what = (time.start, time.room, time.position)
        if what in found:
            text = _("the same session, time and room as %(other)s")
            place = found[what].place
            findings.repaired(event.place, text % {"other": place}, _("taken over once"))
        found.setdefault(what, time)
    return list(found.values())


def _links(group: list[EventMeant]) -> list[LinkMeant]:
    return list(dict.fromkeys(link for event in group for link in event.links))


def _title(event: EventMeant) -> str:
    return " ".join(event.title.casefold().split())
