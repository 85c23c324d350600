"""The sessions of NexSM24: one page for each, one row for each time it is offered."""

from __future__ import annotations

from typing import Any

from conference.enums import SessionFormat
from conference.models import ConferencePage, Occurrence, Participation, SessionPage
from knowledge.models import Language
from knowledge.slugs import slug_for
from nexsm.demo.facts import parallel_rows, sessions
from nexsm.demo.identity import demo_uuid
from nexsm.demo.loader.conference import KEY, moment, people_line, printed_name
from nexsm.demo.loader.pages import publish_page
from nexsm.demo.loader.sync import is_somebodys_work, set_fields, set_relation, set_rows
from nexsm.demo.loader.tally import Outcome, Tally
from nexsm.demo.loader.vocabularies import Vocabularies

KIND = "sessions"


def load_sessions(
    facts: dict[str, Any], conference: ConferencePage, words: Vocabularies, tally: Tally
) -> list[SessionPage]:
    """Six sessions of their own and five workshops that are offered twice each."""
    pages = [
        _put(
            conference,
            key=row["key"],
            row=row,
            format_=row["type"],
            times=[_occurrence(facts, row)],
            words=words,
            tally=tally,
        )
        for row in sessions(facts)
    ]
    for workshop in facts["workshops"]:
        offers = [
            (round_, row)
            for round_, row in parallel_rows(facts)
            if row["workshop_key"] == workshop["key"]
        ]
        times = [_offer(round_, row) for round_, row in offers]
        # Title and people of both offers are the same; facts.check_pairs has made sure.
        row = {"format_label": None, **offers[0][1]}
        pages.append(
            _put(
                conference,
                key=workshop["key"],
                row=row,
                format_=SessionFormat.WORKSHOP,
                times=times,
                words=words,
                tally=tally,
            )
        )
    return pages


def _occurrence(facts: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    return {
        "uid": demo_uuid("occurrence", KEY, row["key"]),
        "start": moment(facts, row["start"]),
        "end": moment(facts, row["end"]),
        "end_is_derived": False,
        "round_uid": None,
        "position": None,
        "label_as_shown": "",
        "room_id": None,
    }


def _offer(round_: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """A time within a round: the round's time counts, the number is kept as printed."""
    return {
        "uid": demo_uuid("occurrence", KEY, row["key"]),
        "start": None,
        "end": None,
        "end_is_derived": False,
        "round_uid": demo_uuid("round", KEY, round_["key"]),
        "position": row["position"],
        "label_as_shown": row["number_as_printed"],
        "room_id": None,
    }


def _put(
    conference: ConferencePage,
    *,
    key: str,
    row: dict[str, Any],
    format_: str | None,
    times: list[dict[str, Any]],
    words: Vocabularies,
    tally: Tally,
) -> SessionPage:
    import_id = f"{KEY}/{key}"
    page = SessionPage.objects.filter(import_id=import_id, locale=conference.locale).first()
    is_new = page is None
    if page is None:
        page = SessionPage(
            import_id=import_id,
            slug=slug_for(_heading(row)),
            locale=conference.locale,
            public_id=demo_uuid("session", KEY, key),
            translation_key=demo_uuid("page", KEY, key),
            live=False,
        )
    elif is_somebodys_work(page):
        tally.add(KIND, Outcome.KEPT)
        return page
    changed = set_fields(page, _values(row, format_))
    changed |= set_relation(page, "languages", words.many(Language, row["languages"] or []))
    changed |= set_rows(page, "occurrences", Occurrence, times)
    people = [_participation(speaker) for speaker in row["speakers"]]
    changed |= set_rows(page, "participations", Participation, people)
    if is_new:
        conference.add_child(instance=page)
    if changed:
        publish_page(page)
    outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
    tally.add(KIND, Outcome.CREATED if is_new else outcome, page)
    return page


def _values(row: dict[str, Any], format_: str | None) -> dict[str, Any]:
    return {
        "title": _heading(row),
        "title_is_placeholder": row["title"] is None,
        "format": format_ or "",
        "format_label": row["format_label"] or "",
        "languages_as_shown": row["languages_as_printed"] or "",
        "people_as_shown": people_line(row),
    }


def _heading(row: dict[str, Any]) -> str:
    """The printed title; where there is none, format and people stand in for lists and address."""
    if row["title"] is not None:
        return str(row["title"])
    return f"{row['format_label']} ({row['speakers_as_printed']})"


def _participation(speaker: dict[str, Any]) -> dict[str, Any]:
    """A person as this row prints her. Who is who is for an editor to say, not for a name."""
    name = speaker["name"]
    if printed_name(speaker) != speaker["name_as_printed"]:
        name = speaker["name_as_printed"]
    return {
        "prefix": speaker["prefix_as_printed"] or "",
        "name_as_shown": name,
        "affiliation_as_shown": speaker["affiliation"] or "",
        "role": "",
        "role_as_shown": speaker["role"] or "",
        "person_id": None,
    }
