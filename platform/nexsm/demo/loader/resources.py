"""Invented resources with their files, language versions and covers."""

from __future__ import annotations

from typing import Any

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.models import (
    Audience,
    Contributor,
    Language,
    Licence,
    Organisation,
    Publisher,
    Region,
    Resource,
    ResourceFile,
    ResourceType,
    Topic,
)
from knowledge.services.publication import publish
from nexsm.demo.content import DataError, ResourceData, stream
from nexsm.demo.identity import IMPORT_SOURCE, demo_uuid
from nexsm.demo.loader.files import Files
from nexsm.demo.loader.sync import (
    is_somebodys_work,
    set_fields,
    set_relation,
    set_rows,
    set_tags,
)
from nexsm.demo.loader.tally import Outcome, Tally
from nexsm.demo.loader.vocabularies import Vocabularies

KIND = "example resources"
# The newest come first on the home page: these are loaded last, so that it shows a fair mixture.
SHOWN_FIRST = (
    "r-kurs-ki",
    "r-gesund-ar",
    "r-social-media-koffer",
    "r-arbeit-uk",
    "r-studie-online",
    "r-interviews-en",
)


def in_loading_order(items: tuple[ResourceData, ...]) -> list[ResourceData]:
    """Sources before their translations, and what the home page shows first at the end."""
    place = {key: -number for number, key in enumerate(SHOWN_FIRST)}
    return sorted(
        items, key=lambda item: (item.id in place, place.get(item.id, 0), bool(item.source))
    )


class ResourceLoader:
    """Loads resources one by one; organisations must be there already."""

    def __init__(
        self,
        organisations: dict[str, Organisation],
        words: Vocabularies,
        files: Files,
        tally: Tally,
    ) -> None:
        self.organisations = organisations
        self.words = words
        self.files = files
        self.tally = tally
        self.loaded: dict[str, Resource] = {}
        found = Resource.objects.filter(import_source=IMPORT_SOURCE)
        self.known = {item.import_id: item for item in found.select_related("latest_revision")}

    def load(self, data: ResourceData) -> Resource:
        """Load one resource. Raises DataError for an organisation or source nobody knows."""
        resource = self.known.get(data.id)
        is_new = resource is None
        if resource is None:
            resource = self._new(data)
        self.loaded[data.id] = resource
        if not is_new and is_somebodys_work(resource):
            self.tally.add(KIND, Outcome.KEPT)
            return resource
        changed = self._apply(resource, data)
        if not is_new and not changed:
            self.tally.add(KIND, Outcome.UNCHANGED)
            return resource
        resource.full_clean()
        resource.save()
        publish(item=resource)
        # Publishing works on a copy made from the revision; translations need its number.
        resource.refresh_from_db(fields=["latest_revision", "live"])
        self.tally.add(KIND, Outcome.CREATED if is_new else Outcome.CHANGED, resource)
        return resource

    def _new(self, data: ResourceData) -> Resource:
        source = self._source(data)
        return Resource(
            import_source=IMPORT_SOURCE,
            import_id=data.id,
            public_id=demo_uuid("resource", data.id),
            translation_key=demo_uuid("work", data.work or data.id),
            source_revision=source.latest_revision if source else None,
            live=False,
        )

    def _apply(self, resource: Resource, data: ResourceData) -> bool:
        changed = set_fields(resource, self._values(data))
        relations = {
            "regions": self.words.many(Region, data.regions),
            "topics": self.words.many(Topic, data.topics),
            "audiences": self.words.many(Audience, data.audiences),
        }
        for name, wanted in relations.items():
            changed |= set_relation(resource, name, wanted)
        changed |= set_tags(resource, data.tags)
        changed |= set_rows(
            resource, "contributors", Contributor, [self._author(row) for row in data.authors]
        )
        publishers = [self._organisation(key) for key in data.publishers]
        changed |= set_rows(
            resource,
            "publishers",
            Publisher,
            [{"organisation_id": publisher.pk, "name": ""} for publisher in publishers],
        )
        changed |= set_rows(resource, "files", ResourceFile, self._files(data))
        return changed

    def _values(self, data: ResourceData) -> dict[str, Any]:
        source = self._source(data)
        return {
            "title": data.title,
            "summary": data.summary,
            "body": stream(data.body, data.id),
            "type_id": self.words.one(ResourceType, data.type).pk,
            "language_id": self.words.one(Language, data.language).pk,
            "easy_language": data.easy_language,
            "year": data.year,
            "licence_id": self.words.one(Licence, data.licence).pk,
            "url": data.url,
            "organisation_id": self._organisation(data.publishers[0]).pk,
            "source_version_id": source.pk if source else None,
            "cover_image_id": self.files.cover(data).pk if data.cover else None,
            "cover_alt": data.cover,
            "is_example": True,
        }

    def _files(self, data: ResourceData) -> list[dict[str, Any]]:
        if not data.pdf:
            return []
        authors = [self._author_name(row) for row in data.authors]
        document = self.files.document(data, authors)
        language = self.words.one(Language, data.language)
        return [{"document_id": document.pk, "label": "", "language_id": language.pk}]

    def _author(self, row: dict[str, str]) -> dict[str, Any]:
        if "organisation" in row:
            organisation = self._organisation(row["organisation"])
            return {
                "role": ContributorRole.AUTHOR,
                "kind": ContributorKind.ORGANISATION,
                "organisation_id": organisation.pk,
                "name": "",
            }
        return {
            "role": ContributorRole.AUTHOR,
            "kind": ContributorKind.PERSON,
            "organisation_id": None,
            "name": row["person"],
        }

    def _author_name(self, row: dict[str, str]) -> str:
        return row.get("person") or self._organisation(row["organisation"]).name

    def _organisation(self, key: str) -> Organisation:
        try:
            return self.organisations[key]
        except KeyError as error:
            raise DataError(f"unknown organisation {key}") from error

    def _source(self, data: ResourceData) -> Resource | None:
        if not data.source:
            return None
        try:
            return self.loaded[data.source]
        except KeyError as error:
            raise DataError(f"{data.id}: unknown source {data.source}") from error
