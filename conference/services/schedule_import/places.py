"""Rooms and houses. They have no drafts: what is missing is made, what is there is never renamed."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from conference.models import ConferencePage, Room, Venue
from conference.services.schedule_import.findings import Findings
from conference.services.schedule_import.meant import ConferenceMeant, RoomMeant
from conference.services.schedule_import.stored import Stored, venue_for


def conference_venue(meant: ConferenceMeant) -> Venue | None:
    """The house that the file names: the stored one with this name and city, or a new one."""
    if not meant.venue:
        return None
    return venue_for(meant.venue, meant.city) or Venue.objects.create(
        name=meant.venue, city=meant.city
    )


def stored_rooms(
    rooms: list[RoomMeant], conference: ConferencePage, stored: Stored, findings: Findings
) -> dict[str, Room]:
    """The rooms by their names in the file; missing ones are made in the conference's house.

    A room is known by its guid, else by its name. If the file says nothing of a house, the new
    rooms belong to one that has the conference's name, and the conference's place stays open.
    """
    venue = conference.venue or (stored.rooms[0].venue if stored.rooms else None)
    known = list(stored.rooms)
    if venue is None and rooms:
        venue = venue_for(conference.title[:200], "") or Venue.objects.create(
            name=conference.title[:200]
        )
    if venue is not None:
        there = {room.pk for room in known}
        known += [room for room in venue.rooms.all() if room.pk not in there]
    by_guid = {str(room.public_id): room for room in known}
    by_name = {room.name: room for room in reversed(known)}
    found: dict[str, Room] = {}
    new: list[Room] = []
    for meant in rooms:
        room = by_guid.get(meant.guid) or by_name.get(meant.name)
        if room is None:
            guid = uuid.UUID(meant.guid) if meant.guid else uuid.uuid4()
            order = len(known) + len(new)
            room = Room(venue=venue, name=meant.name, public_id=guid, sort_order=order)
            new.append(room)
        elif room.name != meant.name:
            place = _("room %(name)s") % {"name": meant.name}
            what = _("it is known here as “%(name)s”") % {"name": room.name}
            findings.repaired(place, what, _("the name here is kept"))
        found[meant.name] = room
    Room.objects.bulk_create(new)
    return found
