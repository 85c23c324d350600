"""NexSM24 exactly as its programme prints it. What the source leaves open stays open here."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from conference.enums import OrganiserRole, ScheduleItemKind
from conference.models import (
    ConferenceIndexPage,
    ConferencePage,
    Contact,
    Organiser,
    Room,
    Round,
    ScheduleItem,
    Venue,
)
from knowledge.models import Organisation
from nexsm.demo.content import IntroductionData, stream
from nexsm.demo.facts import items, rounds
from nexsm.demo.identity import demo_uuid
from nexsm.demo.loader.pages import publish_page
from nexsm.demo.loader.sync import is_somebodys_work, set_fields, set_rows
from nexsm.demo.loader.tally import Outcome, Tally

KEY = "nexsm24"


def moment(facts: dict[str, Any], printed: str | None) -> datetime | None:
    """Turn a printed time of day into a point in time, in the time zone concluded from the city."""
    if printed is None:
        return None
    day = date.fromisoformat(facts["conference"]["date"]["iso"])
    zone = ZoneInfo(facts["derived"]["timezone"]["value"])
    return datetime.combine(day, time.fromisoformat(printed), tzinfo=zone)


def printed_name(speaker: dict[str, Any]) -> str:
    """The name with what stands before it, as printed."""
    return " ".join(part for part in (speaker["prefix_as_printed"], speaker["name"]) if part)


def people_line(row: dict[str, Any]) -> str:
    """The printed line of people, empty where it is just the names with commas."""
    line = row["speakers_as_printed"] or ""
    return "" if line == ", ".join(printed_name(speaker) for speaker in row["speakers"]) else line


def load_venue(facts: dict[str, Any], tally: Tally) -> tuple[Venue, Room]:
    """The house and its room. The country is not in the source: it stays open."""
    printed = facts["conference"]["venue"]
    place = {name: printed[name] for name in ("name", "street", "postal_code", "city")}
    venue = Venue.objects.filter(name=place["name"], postal_code=place["postal_code"]).first()
    if venue is None:
        venue = Venue(**place)
        venue.full_clean()
        venue.save()
        tally.add("venue", Outcome.CREATED)
    else:
        tally.add("venue", Outcome.UNCHANGED)
    room, _is_new = Room.objects.get_or_create(
        public_id=demo_uuid("room", KEY), defaults={"venue": venue, "name": printed["room"]}
    )
    return venue, room


def load_conference(
    facts: dict[str, Any],
    intro: IntroductionData,
    index: ConferenceIndexPage,
    organisations: dict[str, Organisation],
    tally: Tally,
) -> ConferencePage:
    """The conference's page with its rounds, entries, organisations and contacts."""
    venue, room = load_venue(facts, tally)
    page = ConferencePage.objects.filter(import_id=KEY, locale=index.locale).first()
    is_new = page is None
    if page is None:
        page = ConferencePage(
            import_id=KEY,
            slug=KEY,
            locale=index.locale,
            public_id=demo_uuid("conference", KEY),
            translation_key=demo_uuid("page", KEY),
            live=False,
        )
    elif is_somebodys_work(page):
        tally.add("conference", Outcome.KEPT)
        return page
    changed = set_fields(page, _values(facts, intro, venue, room))
    changed |= set_rows(page, "rounds", Round, [_round(facts, row) for row in rounds(facts)])
    entries = [_item(facts, row) for row in items(facts)]
    changed |= set_rows(page, "schedule_items", ScheduleItem, entries)
    changed |= set_rows(page, "organisers", Organiser, _organisers(facts, organisations))
    changed |= set_rows(page, "contacts", Contact, [_contact(row) for row in facts["contacts"]])
    if is_new:
        index.add_child(instance=page)
    if changed:
        publish_page(page)
    outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
    tally.add("conference", Outcome.CREATED if is_new else outcome, page)
    return page


def _values(
    facts: dict[str, Any], intro: IntroductionData, venue: Venue, room: Room
) -> dict[str, Any]:
    printed = facts["conference"]
    return {
        "title": printed["title"],
        "subtitle": printed["subtitle"],
        "format_label": printed["format_label"],
        "hashtag": printed["hashtag"],
        "acronym": KEY,
        "date_start": date.fromisoformat(printed["date"]["iso"]),
        "time_text": printed["time"]["as_printed"],
        "timezone": facts["derived"]["timezone"]["value"],
        "timezone_is_derived": True,
        "venue_id": venue.pk,
        "venue_as_shown": "\n".join(printed["venue"]["as_printed"]),
        "room_id": room.pk,
        "introduction": intro.introduction,
        "body": stream(intro.body, KEY),
        "project_name": printed["project"]["name"],
        "project_note": printed["project"]["since_as_printed"],
        "programme_heading": printed["programme_heading"],
        "programme_note": "; ".join(printed["programme_notes"]),
        "languages_as_shown": printed["languages"] or "",
        "registration_url": printed["registration_url"] or "",
        "website": printed["website"] or "",
        "is_example": False,
    }


def _round(facts: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    return {
        "uid": demo_uuid("round", KEY, row["key"]),
        "title_as_shown": row["title"],
        "label": row["round_label_as_printed"],
        "start": moment(facts, row["start"]),
        "end": moment(facts, row["end"]),
        "end_is_derived": False,
    }


def _item(facts: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    return {
        "uid": demo_uuid("item", KEY, row["key"]),
        "kind": ScheduleItemKind(row["type"]),
        "title": row["title"],
        "start": moment(facts, row["start"]),
        "end": moment(facts, row["end"]),
        "end_is_derived": False,
        "people": [printed_name(speaker) for speaker in row["speakers"]],
        "people_as_shown": people_line(row),
    }


def _organisers(
    facts: dict[str, Any], organisations: dict[str, Organisation]
) -> list[dict[str, Any]]:
    """Carrier and partner of the project. The source names no organiser and no funder."""
    project = facts["conference"]["project"]
    return [
        {
            "role": OrganiserRole.CARRIER,
            "name_as_shown": project["carrier_as_printed"],
            "organisation_id": organisations["la-red"].pk,
        },
        {
            "role": OrganiserRole.PARTNER,
            "name_as_shown": project["cooperation_partner_as_printed"],
            "organisation_id": organisations["minor"].pk,
        },
    ]


def _contact(row: dict[str, Any]) -> dict[str, Any]:
    """A contact as printed. The address is stored, and shown only when an editor allows it."""
    return {
        "name_as_shown": row["name"],
        "role_as_shown": row["role_as_printed"] or "",
        "organisation_as_shown": row["organisation_as_printed"],
        "email": row["email"],
        "show_email": False,
    }
