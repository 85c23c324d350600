"""Finds what cells name: vocabulary rows, tags, organisations of the directory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from knowledge.models import Organisation, Tag, Term

AT_ONCE = 500


def _key(text: str) -> str:
    """Compare without regard to case, and "CC BY 4.0" like "CC-BY-4.0"."""
    return re.sub(r"[\s_-]+", "-", text.strip().casefold())


class Vocabulary:
    """The rows of one vocabulary by code and, where that is allowed, by label."""

    def __init__(self, model: type[Term], *, by_label: bool = False) -> None:
        self._rows: dict[str, Term] = {}
        self._codes: dict[str, Term] = {}
        rows = list(model._default_manager.all())  # noqa: SLF001 - Django's name
        if by_label:
            self._add_labels(rows)
        for row in rows:
            self._rows[_key(row.code)] = row
            self._codes[row.code] = row

    def _add_labels(self, rows: list[Term]) -> None:
        """A label that names two rows names none."""
        meant: dict[str, set[str]] = {}
        for row in rows:
            for label in row.labels.values():
                meant.setdefault(_key(label), set()).add(row.code)
        by_code = {row.code: row for row in rows}
        for key, codes in meant.items():
            if len(codes) == 1:
                self._rows[key] = by_code[next(iter(codes))]

    def find(self, text: str) -> Term | None:
        """The row that a code (in any case) or a label names."""
        return self._rows.get(_key(text))

    def get(self, code: str) -> Term:
        """The row with this code. Raises KeyError."""
        return self._codes[code]


class Tags:
    """Tags by name, whatever the case; missing ones are made."""

    def __init__(self) -> None:
        rows = Tag.objects.values_list("name", "pk")
        self._known = {name.casefold(): pk for name, pk in rows.iterator()}

    def get_or_create(self, name: str) -> int:
        """Primary key of the tag."""
        key = name.casefold()
        if key not in self._known:
            self._known[key] = Tag.objects.create(name=name).pk
        return self._known[key]


@dataclass(frozen=True)
class OrganisationReference:
    """An organisation of the directory as imports refer to it."""

    pk: int
    name: str


class Directory:
    """Organisations by exact name or by the id they were imported under."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._by_name: dict[str, OrganisationReference] = {}
        self._by_import_id: dict[str, OrganisationReference] = {}

    def prepare(self, texts: Iterable[str]) -> None:
        """Look up what a batch of rows names. Whatever names two organisations names none."""
        wanted = sorted(set(texts))
        names: dict[str, set[OrganisationReference]] = {}
        ids: dict[str, set[OrganisationReference]] = {}
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            named = Q(name__in=part)
            listed = Q(import_id__in=part, import_source=self._source)
            rows = Organisation.objects.filter(named | listed).values_list(
                "pk", "name", "import_id", "import_source"
            )
            for pk, name, import_id, source in rows:
                reference = OrganisationReference(pk, name)
                names.setdefault(name, set()).add(reference)
                if import_id and source == self._source:
                    ids.setdefault(import_id, set()).add(reference)
        self._by_name = {name: found.pop() for name, found in names.items() if len(found) == 1}
        self._by_import_id = {key: found.pop() for key, found in ids.items() if len(found) == 1}

    def by_name(self, text: str) -> OrganisationReference | None:
        """The one organisation with exactly this name."""
        return self._by_name.get(text)

    def by_name_or_id(self, text: str) -> OrganisationReference | None:
        """The one organisation with this name, else with this import id."""
        return self._by_name.get(text) or self._by_import_id.get(text)
