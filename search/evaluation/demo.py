"""The demo content of the site as search documents, straight from its files.

What ``search.sources`` makes of the loaded demo is the measure for what stands here; a test compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import nexsm.base
from search.documents import IndexDocument
from search.evaluation.vocabulary import labels, with_country
from search.sources.base import served_languages

_DATA = Path(nexsm.base.__path__[0]).parent / "demo" / "data"
_ONLINE = date(2026, 6, 1)  # when the examples went online, for items without a date of their own
_SHOWN_ROWS = (None, "keynote", "panel", "plenary")

Row = Mapping[str, Any]


def documents() -> Iterator[IndexDocument]:
    """All public items of the demo."""
    names = {row["id"]: row["name"] for row in _organisations()}
    works: dict[str, list[Row]] = {}
    for row in _rows("resources.*.json", "resources"):
        works.setdefault(row["work"] or row["id"], []).append(row)
    for group, versions in works.items():
        yield from _work(f"resource:{group}", versions, names)
    for row in _organisations():
        yield from _organisation(row)
    yield from _conference()
    yield from _pages()


def _read(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


def _rows(pattern: str, name: str) -> Iterator[Row]:
    for path in sorted(_DATA.glob(pattern)):
        yield from _read(path.name)[name]


def _organisations() -> list[Row]:
    return [*_rows("organisations.*.json", "organisations"), *_read("pages.json")["organisations"]]


def _text(body: list[dict[str, Any]]) -> str:
    values = [value for block in body for value in block.values()]
    return " ".join(value if isinstance(value, str) else " ".join(value) for value in values)


def _work(group: str, versions: list[Row], names: Mapping[str, str]) -> Iterator[IndexDocument]:
    by_language = {row["language"]: row for row in versions}
    # The original decides what stands for the work; the files put it first or mark its versions.
    ordered = dict(sorted(by_language.items(), key=lambda item: bool(item[1]["source"])))
    serves = served_languages(ordered)
    for language, row in ordered.items():
        publishers = tuple(names[key] for key in row["publishers"])
        authors = [
            names.get(str(name), str(name)) for author in row["authors"] for name in author.values()
        ]
        others = [other for other in ordered.values() if other is not row]
        regions = with_country(row["regions"])
        yield IndexDocument(
            key=f"resource:{row['id']}",
            group=group,
            kind="resource",
            language=language,
            title=row["title"],
            url=row["url"],
            type=row["type"],
            organisations=tuple(dict.fromkeys((*publishers, *authors))),
            summary=row["summary"],
            body=_text(row["body"]),
            elsewhere=tuple(
                (other["language"], f"{other['title']} {other['summary']}") for other in others
            ),
            serves=serves[language],
            languages=(language,),
            regions=regions,
            topics=tuple(row["topics"]),
            topic_labels=labels(row["topics"], regions),
            tags=tuple(row["tags"]),
            publishers=publishers,
            year=row["year"],
            published=_ONLINE if row["year"] == _ONLINE.year else date(row["year"], 1, 1),
        )


def _organisation(row: Row) -> Iterator[IndexDocument]:
    texts = {row["text_language"]: (row["name"], row["description"])}
    for text in row.get("texts", ()):
        texts.setdefault(text["language"], (text["name"] or row["name"], text["description"]))
    serves = served_languages(texts)
    names = (
        row["name"],
        row.get("short_name", ""),
        *row["other_names"],
        *(name for name, _ in texts.values()),
    )
    regions = with_country(filter(None, [row.get("region") or row.get("country")]))
    topics = tuple(row.get("topics", ()))
    city = row.get("district") if row.get("show_district_only") else row.get("city")
    for language, (name, description) in texts.items():
        others = [(code, *text) for code, text in texts.items() if code != language]
        yield IndexDocument(
            key=f"organisation:{row['id']}:{language}",
            group=f"organisation:{row['id']}",
            kind="organisation",
            language=language,
            title=name,
            url=row.get("website", ""),
            type=row.get("kind", "organisation"),
            other_names=tuple(dict.fromkeys(other for other in names if other and other != name)),
            organisations=(city,) if city else (),
            body=description,
            elsewhere=tuple((code, f"{other} {text}") for code, other, text in others),
            serves=serves[language],
            languages=tuple(row.get("languages", ())) or (language,) if serves[language] else (),
            regions=regions,
            topics=topics,
            topic_labels=labels(topics, regions),
            published=_ONLINE,
        )


def _conference() -> Iterator[IndexDocument]:
    facts, intro = _read("nexsm24.json"), _read("nexsm24.introduction.json")
    printed = facts["conference"]
    day = date.fromisoformat(printed["date"]["iso"])
    project = printed["project"]
    yield IndexDocument(
        key="conference:nexsm24:de",
        group="conference:nexsm24",
        kind="conference",
        language="de",
        title=printed["title"],
        url="/konferenzen/nexsm24/",
        other_names=(printed["hashtag"], "nexsm24"),
        organisations=(
            project["carrier_as_printed"],
            project["cooperation_partner_as_printed"],
            project["name"],
        ),
        summary=f"{printed['subtitle']} {intro['introduction']}",
        body=f"{printed['format_label']} {_text(intro['body'])} {' '.join(printed['venue']['as_printed'])}",
        serves=("de", "en"),
        languages=("de",),
        year=day.year,
        published=day,
    )
    rows = [row for row in facts["programme"] if row["type"] in _SHOWN_ROWS]
    offers = {
        offer["workshop_key"]: {**offer, "key": offer["workshop_key"], "type": "workshop"}
        for row in reversed(facts["programme"])
        for offer in row.get("parallel_sessions", ())
    }
    for row in (*rows, *offers.values()):
        yield _session(row, printed["title"], day)


def _session(row: Row, conference: str, day: date) -> IndexDocument:
    people = [str(speaker["name"]) for speaker in row["speakers"]]
    line = row["speakers_as_printed"] or ""
    title = row["title"] or f"{row['format_label']} ({line})"
    return IndexDocument(
        key=f"session:{row['key']}:de",
        group=f"session:{row['key']}",
        kind="session",
        language="de",
        title=title,
        url=f"/konferenzen/nexsm24/{row['key']}/",
        type=row["type"] or "",
        organisations=tuple(dict.fromkeys(filter(None, (*people, line, conference)))),
        body=row.get("format_label") or "",
        serves=("de", "en"),
        languages=tuple(row["languages"] or ("de",)),
        year=day.year,
        published=day,
    )


def _pages() -> Iterator[IndexDocument]:
    versions = {row["language"]: row for row in _read("pages.json")["content"]}
    serves = served_languages(versions)
    for language, row in versions.items():
        others = [(code, other["title"]) for code, other in versions.items() if other is not row]
        yield IndexDocument(
            key=f"page:{row['key']}:{language}",
            group=f"page:{row['key']}",
            kind="page",
            language=language,
            title=row["title"],
            url=f"/{row['slug']}/",
            summary=row["introduction"],
            body=_text(row["body"]),
            elsewhere=tuple(others),
            serves=serves[language],
            languages=(language,),
            published=_ONLINE,
        )
