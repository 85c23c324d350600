"""The CSV format of resources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.models import (
    Contributor,
    CuratedItem,
    Language,
    Licence,
    Publisher,
    Region,
    Resource,
    ResourceType,
    TaggedResource,
    Topic,
)
from knowledge.models.identifiers import normalise_doi, validate_doi, validate_isbn
from knowledge.models.resource import next_year
from knowledge.services.imports.cells import Cells
from knowledge.services.imports.exchange import resource_cells, resources_to_write
from knowledge.services.imports.lookups import Directory, Tags, Vocabulary
from knowledge.services.imports.notation import without_braces
from knowledge.services.imports.schema import ItemImport, ParsedRow, Scope, Values
from knowledge.services.imports.texts import body_blocks

FIRST_YEAR = 1800
MAX_TITLE = 300
MAX_SUMMARY = 2000
MAX_BODY = 200_000
MAX_URL = 1000
MAX_TAGS = 20
MAX_TAG = 100


class ResourceImport(ItemImport):
    """The columns of the contract, and beside them ``doi`` and ``isbn``."""

    model: ClassVar[type[CuratedItem]] = Resource
    columns: ClassVar[tuple[str, ...]] = (
        "id",
        "title",
        "summary",
        "body",
        "type",
        "language",
        "publisher",
        "authors",
        "year",
        "regions",
        "topics",
        "tags",
        "licence",
        "url",
        "doi",
        "isbn",
    )
    required: ClassVar[tuple[str, ...]] = ("id", "title", "type", "language")
    relations: ClassVar[Mapping[str, str]] = {
        "language": "languages",
        "publisher": "publishers",
        "authors": "contributors",
        "regions": "regions",
        "topics": "topics",
        "tags": "tagged_items",
    }
    fillable: ClassVar[tuple[str, ...]] = ("type", "language")
    unordered: ClassVar[frozenset[str]] = frozenset({"regions", "topics", "tags"})

    def __init__(self, source: str = "csv", scope: Scope | None = None) -> None:
        super().__init__(source, scope)
        self._types = Vocabulary(ResourceType, by_label=True)
        self._languages = Vocabulary(Language, by_label=True)
        self._regions = Vocabulary(Region, by_label=True)
        self._topics = Vocabulary(Topic, by_label=True)
        self._licences = Vocabulary(Licence, by_label=True)
        self._tags = Tags()
        self._directory = Directory(source)
        self._appliers: dict[str, Callable[[Resource, Any], None]] = {
            "title": lambda item, title: setattr(item, "title", title),
            "summary": lambda item, summary: setattr(item, "summary", summary),
            "body": self._set_body,
            "type": lambda item, code: setattr(item, "type", self._types.get(code)),
            "language": self._set_languages,
            "publisher": self._set_publishers,
            "authors": self._set_authors,
            "year": self._set_year,
            "regions": lambda item, codes: _set(item, "regions", self._regions, codes),
            "topics": lambda item, codes: _set(item, "topics", self._topics, codes),
            "tags": self._set_tags,
            "licence": self._set_licence,
            "url": lambda item, url: setattr(item, "url", url),
            "doi": lambda item, doi: setattr(item, "doi", doi),
            "isbn": lambda item, isbn: setattr(item, "isbn", isbn),
        }

    def readers(self) -> Mapping[str, Callable[[Cells], Any]]:
        """How each column is read."""
        return {
            "title": lambda cells: cells.text("title", most=MAX_TITLE, required=True),
            "summary": lambda cells: cells.paragraphs("summary", most=MAX_SUMMARY),
            "body": lambda cells: cells.paragraphs("body", most=MAX_BODY),
            "type": lambda cells: cells.code("type", self._types, _("type"), required=True),
            "language": self._read_languages,
            "publisher": lambda cells: cells.values("publisher"),
            "authors": lambda cells: cells.values("authors"),
            "year": lambda cells: cells.year("year", FIRST_YEAR, next_year()),
            "regions": lambda cells: cells.codes("regions", self._regions, _("region")),
            "topics": lambda cells: cells.codes("topics", self._topics, _("topic")),
            "tags": lambda cells: cells.values("tags", most=MAX_TAGS, longest=MAX_TAG),
            "licence": lambda cells: cells.code("licence", self._licences, _("licence")),
            "url": lambda cells: cells.url("url", most=MAX_URL),
            "doi": lambda cells: cells.identifier("doi", validate_doi, normalise_doi),
            "isbn": lambda cells: cells.identifier("isbn", validate_isbn),
        }

    def prepare(self, rows: Sequence[ParsedRow]) -> None:
        """Find the organisations that publishers and authors name."""
        self._directory.prepare(
            name
            for row in rows
            for text in (*row.values.get("publisher", ()), *row.values.get("authors", ()))
            for name in {text, without_braces(text)[0]}
        )

    def items(self) -> QuerySet[Resource]:
        """All resources, or those of one organisation."""
        if self.scope.organisation is None:
            return Resource.objects.all()
        return Resource.objects.filter(organisation=self.scope.organisation)

    def loaded(self, items: QuerySet[Resource]) -> QuerySet[Resource]:
        """Load with the resources what their rows need."""
        return resources_to_write(items)

    def current_cells(self, item: Resource) -> dict[str, str]:
        """The row of a resource."""
        return resource_cells(item, source=self.source)

    def new_fields(self) -> dict[str, Any]:
        """New resources belong to the organisation they are imported for."""
        return {**super().new_fields(), "organisation": self.scope.organisation}

    def apply(self, item: CuratedItem, values: Values, columns: Collection[str]) -> None:
        """Set these columns of the resource."""
        for column in columns:
            self._appliers[column](item, values[column])

    def _read_languages(self, cells: Cells) -> list[str]:
        """The first language is that of the texts; further ones are languages of the resource."""
        codes = cells.codes("language", self._languages, _("language code"))
        if not codes and cells.is_sound:
            cells.problem("language", _("this cell must not be empty"))
        return codes

    def _set_body(self, item: Resource, text: str) -> None:
        field = Resource._meta.get_field("body")  # noqa: SLF001 - Django's name
        item.body = field.to_python(body_blocks(text))

    def _set_languages(self, item: Resource, codes: list[str]) -> None:
        item.language = self._languages.get(codes[0])
        _set(item, "languages", self._languages, codes if len(codes) > 1 else [])

    def _set_publishers(self, item: Resource, names: list[str]) -> None:
        rows = []
        for place, text in enumerate(without_braces(name)[0] for name in names):
            known = self._directory.by_name_or_id(text)
            # The name stays although the organisation is known: the entry must survive its deletion.
            rows.append(
                Publisher(
                    sort_order=place,
                    organisation_id=known.pk if known else None,
                    name=known.name if known else text,
                )
            )
        item.publishers = rows

    def _set_authors(self, item: Resource, names: list[str]) -> None:
        """Replace the authors; editors and translators, which the file does not know, stay."""
        others = [row for row in item.contributors.all() if row.role != ContributorRole.AUTHOR]
        rows = []
        for text in names:
            name, is_organisation = without_braces(text)
            known = self._directory.by_name(name)
            kind = (
                ContributorKind.ORGANISATION if known or is_organisation else ContributorKind.PERSON
            )
            rows.append(
                Contributor(
                    role=ContributorRole.AUTHOR,
                    kind=kind,
                    organisation_id=known.pk if known else None,
                    name=name,
                )
            )
        for place, row in enumerate([*rows, *others]):
            row.sort_order = place
        item.contributors = [*rows, *others]

    def _set_year(self, item: Resource, year: int | None) -> None:
        item.year = year
        if item.published_on and item.published_on.year != year:
            item.published_on = None

    def _set_licence(self, item: Resource, code: str) -> None:
        item.licence = self._licences.get(code) if code else None

    def _set_tags(self, item: Resource, names: list[str]) -> None:
        keys = dict.fromkeys(self._tags.get_or_create(name) for name in names)
        item.tagged_items = [TaggedResource(tag_id=key) for key in keys]


def _set(item: Resource, field: str, vocabulary: Vocabulary, codes: list[str]) -> None:
    getattr(item, field).set([vocabulary.get(code) for code in codes])
