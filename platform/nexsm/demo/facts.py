"""The facts of the NexSM24 programme, read strictly: a changed file is noticed, not guessed at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from nexsm.demo.content import DataError, only, read

FILE = "nexsm24.json"

_TOP = {
    "_read_me",
    "about",
    "spelling_variants_search_must_bridge",
    "conference",
    "contacts",
    "programme",
    "workshops",
    "people",
    "counts",
    "notes",
    "derived",
}
_CONFERENCE = {
    "title",
    "hashtag",
    "subtitle",
    "format_label",
    "date",
    "time",
    "timezone",
    "venue",
    "organisers",
    "organisers_note",
    "project",
    "funders",
    "funders_label_as_printed",
    "funders_note",
    "programme_heading",
    "programme_notes",
    "languages",
    "registration_url",
    "website",
    "recordings",
    "slides",
    "results",
    "formats_as_printed",
}
_CONTACT = {"name", "role_as_printed", "organisation_as_printed", "email", "note"}
_ROW = {
    "key",
    "type",
    "start",
    "end",
    "title",
    "format_label",
    "quoted_title",
    "languages_as_printed",
    "languages",
    "description",
    "room",
    "speakers",
    "speakers_as_printed",
    "note",
    "round_label_as_printed",
    "time_cell_seed_line",
    "parallel_sessions",
}
_PARALLEL = {
    "key",
    "position",
    "number_as_printed",
    "title",
    "quoted_title",
    "languages",
    "languages_as_printed",
    "description",
    "room",
    "speakers",
    "speakers_as_printed",
    "workshop_key",
}
_SPEAKER = {"name_as_printed", "name", "prefix_as_printed", "affiliation", "role", "note"}
_WORKSHOP = {"key", "title", "speakers_as_printed", "offered_in"}

ROUND = "workshop_round"
# Which rows become pages: those with content of their own. The type is empty in one row of the
# source (10:20), which names a title and people; it is a session all the same.
SESSION_TYPES = (None, "keynote", "panel", "plenary")
ITEM_TYPES = ("registration", "opening", "greeting", "break", "closing")

ROWS, SLOTS, PARALLEL, WORKSHOPS = 25, 15, 10, 5
NAMES_IN_PROGRAMME, NAMES = 22, 24


@cache
def facts() -> dict[str, Any]:
    """Read the facts and check their fields and counts. Raises DataError."""
    raw = read(FILE)
    only(raw, _TOP, FILE)
    only(raw["conference"], _CONFERENCE, "conference")
    for contact in raw["contacts"]:
        only(contact, _CONTACT, "contacts")
    for row in raw["programme"]:
        _check_row(row, _ROW)
        for parallel in row.get("parallel_sessions", []):
            _check_row(parallel, _PARALLEL)
    for workshop in raw["workshops"]:
        only(workshop, _WORKSHOP, "workshops")
    check_counts(raw)
    check_pairs(raw)
    return raw


def rounds(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that are rounds of workshops."""
    return [row for row in raw["programme"] if row["type"] == ROUND]


def sessions(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The top-level rows that become pages."""
    return [row for row in raw["programme"] if row["type"] in SESSION_TYPES]


def items(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows without a page of their own."""
    return [row for row in raw["programme"] if row["type"] in ITEM_TYPES]


def parallel_rows(raw: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every workshop row with its round."""
    for row in rounds(raw):
        for parallel in row["parallel_sessions"]:
            yield row, parallel


def check_counts(raw: dict[str, Any]) -> None:
    """Raises DataError unless 25 rows make 15 slots and 10 offers of 5 workshops, 22/24 names."""
    offers = [parallel for _round, parallel in parallel_rows(raw)]
    people = [person["name_as_printed"] for person in raw["people"]]
    in_programme = {
        speaker["name_as_printed"]
        for row in (*raw["programme"], *offers)
        for speaker in row["speakers"]
    }
    found = {
        "rows": (len(raw["programme"]) + len(offers), ROWS),
        "top-level slots": (len(raw["programme"]), SLOTS),
        "workshop rows": (len(offers), PARALLEL),
        "workshops": (len({offer["workshop_key"] for offer in offers}), WORKSHOPS),
        "listed workshops": (len(raw["workshops"]), WORKSHOPS),
        "names": (len(set(people)), NAMES),
        "names in the programme": (len(in_programme), NAMES_IN_PROGRAMME),
        "rows that are shown": (len(sessions(raw)) + len(items(raw)) + len(rounds(raw)), SLOTS),
    }
    wrong = [
        f"{name}: {count} instead of {due}" for name, (count, due) in found.items() if count != due
    ]
    if wrong:
        raise DataError(f"{FILE}: {'; '.join(wrong)}")


def check_pairs(raw: dict[str, Any]) -> None:
    """Raises DataError unless both offers of a workshop have the same title and people."""
    by_key = {parallel["key"]: parallel for _round, parallel in parallel_rows(raw)}
    for workshop in raw["workshops"]:
        for key in workshop["offered_in"]:
            offer = by_key[key]
            if offer["workshop_key"] != workshop["key"]:
                raise DataError(f"{FILE}: {key} does not belong to {workshop['key']}")
            for name in ("title", "speakers_as_printed"):
                if offer[name] != workshop[name]:
                    raise DataError(f"{FILE}: {name} of {key} differs from {workshop['key']}")


def _check_row(row: dict[str, Any], allowed: set[str]) -> None:
    only(row, allowed, f"programme {row.get('key')}")
    for speaker in row["speakers"]:
        only(speaker, _SPEAKER, f"speaker in {row['key']}")
