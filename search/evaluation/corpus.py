"""The corpus: example texts written for measuring, and the demo content of the site. No database.

The example files hold one text a block::

    [resource:x-id] LANGUAGE TYPE YEAR REGION CITY
    title: …
    topics: funding; women
    means: funding application~ …

``means`` names what the text is about, for the judgements alone: the search never sees it. A tilde marks
what a text only touches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import regex

from search.documents import IndexDocument
from search.evaluation import demo
from search.evaluation.vocabulary import labels, with_country
from search.sources.base import served_languages

DATA = Path(__file__).resolve().parent / "data"
# Texts age with the calendar, so that bonuses for new ones are the same on every day of measuring.
WRITTEN = date(2026, 7, 1)

_HEAD = regex.compile(r"\[(?P<group>[a-z]+:[\w-]+)\] (?P<rest>.+)")
_LANGUAGE = regex.compile(r"[a-z]{2}\Z")
_YEAR = regex.compile(r"[0-9]{4}\Z")
_FIELDS = frozenset({"title", "org", "other", "topics", "tags", "means", "summary", "text"})


class CorpusError(ValueError):
    """A file of the evaluation is not what its readers expect."""


@dataclass(frozen=True, slots=True)
class Work:
    """One item in all its language versions, and what it is about: concept → whether centrally."""

    group: str
    versions: tuple[IndexDocument, ...]
    means: Mapping[str, bool]

    @property
    def languages(self) -> frozenset[str]:
        """The languages somebody can read it in."""
        return frozenset(version.language for version in self.versions)


@cache
def works() -> dict[str, Work]:
    """All items by group name. Raises CorpusError if a file is not understood."""
    demo_means = dict(_demo_means())
    versions: dict[str, list[IndexDocument]] = {}
    for document in demo.documents():
        versions.setdefault(document.group, []).append(document)
    if set(versions) != set(demo_means):
        raise CorpusError(f"demo.means.txt: {sorted(set(versions) ^ set(demo_means))}")
    found = {name: Work(name, tuple(versions[name]), demo_means[name]) for name in versions}
    for path in sorted(DATA.glob("examples.*.txt")):
        for work in _examples(path):
            if work.group in found:
                raise CorpusError(f"{path.name}: {work.group} stands twice")
            found[work.group] = work
    return found


def documents(today: date) -> Iterator[IndexDocument]:
    """What goes into the index, as old on this day as it was when the corpus was written."""
    shift = today - WRITTEN
    for work in works().values():
        for version in work.versions:
            published = version.published
            yield replace(version, published=published + shift if published else None)


@cache
def concepts() -> frozenset[str]:
    """Every concept some text is about."""
    return frozenset(name for work in works().values() for name in work.means)


def meaning(text: str) -> dict[str, bool]:
    """``funding women~`` → concept → whether the text is about it (or only touches it)."""
    return {name.removesuffix("~"): not name.endswith("~") for name in text.split()}


def _demo_means() -> Iterator[tuple[str, dict[str, bool]]]:
    for line in (DATA / "demo.means.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group, _separator, text = line.partition(": ")
            yield group, meaning(text)


def _examples(path: Path) -> Iterator[Work]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
        if not lines:
            continue
        head = _HEAD.fullmatch(lines[0])
        fields = dict(line.split(": ", 1) for line in lines[1:])
        if head is None or set(fields) - _FIELDS or not fields.get("means"):
            raise CorpusError(f"{path.name}: {lines[0]}")
        document = _document(head["group"], head["rest"].split(), fields)
        yield Work(document.group, (document,), meaning(fields["means"]))


def _document(group: str, head: list[str], fields: Mapping[str, str]) -> IndexDocument:
    language = head.pop(0) if _LANGUAGE.match(head[0]) else "de"
    kind, type_ = group.split(":", maxsplit=1)[0], head.pop(0)
    year = int(head.pop(0)) if head and _YEAR.match(head[0]) else None
    regions = with_country(head[:1])
    city = " ".join(head[1:])
    topics = _values(fields.get("topics"))
    tags = _values(fields.get("tags"))
    return IndexDocument(
        key=group if kind == "resource" else f"{group}:{language}",
        group=group,
        kind=kind,
        language=language,
        title=fields["title"],
        url=f"https://example.org/{group.replace(':', '/')}/",
        type="" if kind == "page" else type_,
        other_names=_values(fields.get("other")),
        organisations=(*_values(fields.get("org")), *([city] if city else ())),
        summary=fields.get("summary", ""),
        body=fields.get("text", ""),
        serves=served_languages({language: group})[language],
        languages=(language,),
        regions=regions,
        topics=topics,
        topic_labels=labels(topics, regions),
        tags=tags,
        publishers=_values(fields.get("org")) if kind == "resource" else (),
        year=year,
        published=date(year, 3, 1) if year else WRITTEN - timedelta(days=400),
    )


def _values(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
