"""People who agreed to be shown, as search documents.

To the outside they are pages: the kinds of the API are a contract. Everybody else is found by the
sessions that print her name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from conference import eligibility, queries
from conference.models import Person
from knowledge.eligibility import is_indexable
from search.documents import IndexDocument
from search.sources.base import (
    FALLBACK_LIMIT,
    Chosen,
    Found,
    Viewer,
    contains_all,
    day_of,
    ids_of,
    keyset,
    served_languages,
)

NAME = "person"
# Filters that no person fits.
_NOT_OF_PEOPLE = (
    "type",
    "topic",
    "tag",
    "region",
    "publisher",
    "conference",
    "year_from",
    "year_to",
)


class People:
    """One group and one document each."""

    kind = "page"

    def groups(self) -> Iterator[str]:
        """One for each person."""
        for key in keyset(eligibility.indexable_people(), "public_id"):
            yield f"{NAME}:{key}"

    def public(self, groups: Sequence[str]) -> set[str]:
        """Those who agreed and are in a public programme."""
        rows = eligibility.indexable_people().filter(public_id__in=ids_of(groups))
        return {f"{NAME}:{key}" for key in rows.values_list("public_id", flat=True)}

    def collect(self, groups: Sequence[str]) -> list[IndexDocument]:
        """Their documents."""
        rows = eligibility.indexable_people().filter(public_id__in=ids_of(groups))
        return [_document(person) for person in _shown(rows).order_by("pk")]

    def read(self, keys: Sequence[str], viewer: Viewer) -> dict[str, Found]:
        """People the viewer may see."""
        rows = queries.people_visible_to(viewer).filter(public_id__in=ids_of(keys))
        return {_key(person): _found(person) for person in _shown(rows)}

    def texts(self, keys: Sequence[str], viewer: Viewer) -> dict[str, str]:  # noqa: ARG002
        """Nothing more than `read` has."""
        return {}

    def fallback(self, words: Sequence[str], chosen: Chosen, viewer: Viewer) -> list[Found]:
        """Search in names and biographies."""
        if any(chosen.get(name) for name in _NOT_OF_PEOPLE):
            return []
        rows = queries.people_visible_to(viewer).filter(
            contains_all(words, ("name", "other_names", "biography"))
        )
        if chosen.get("language"):
            rows = rows.filter(biography_language__code__in=chosen["language"])
        return [_found(person) for person in _shown(rows).order_by("name")[:FALLBACK_LIMIT]]


def _shown(rows: QuerySet[Person]) -> QuerySet[Person]:
    return rows.select_related("biography_language", "organisation")


def _key(person: Person) -> str:
    return f"{NAME}:{person.public_id}"


def _language(person: Person) -> str:
    """That of the biography; a page with a name alone is in the language of the site."""
    return person.biography_language.code if person.biography_language else settings.LANGUAGE_CODE


def _version(person: Person) -> str:
    """People have no date of publication: the name of a state is a fingerprint of what is shown."""
    shown = (person.name, person.biography, _language(person))
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _document(person: Person) -> IndexDocument:
    language = _language(person)
    organisation = person.organisation
    return IndexDocument(
        key=_key(person),
        group=_key(person),
        kind=People.kind,
        language=language,
        title=person.name,
        url=person.get_absolute_url(),
        other_names=tuple(person.other_names),
        organisations=(organisation.name,) if organisation and is_indexable(organisation) else (),
        summary=person.biography,
        serves=served_languages({language: person})[language],
        languages=(language,) if person.biography else (),
        online_since=day_of(person.consented_at),
        version=_version(person),
    )


def _found(person: Person) -> Found:
    return Found(
        key=_key(person),
        kind=People.kind,
        public_id=str(person.public_id),
        title=person.name,
        url=person.get_absolute_url(),
        language=_language(person),
        type_label=_("Person"),
        summary=person.biography,
        is_example=person.is_example,
        version=_version(person),
    )
