"""Resources and organisations as search documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from knowledge import eligibility, queries
from knowledge.enums import OrganisationKind
from knowledge.models import Organisation, Resource
from knowledge.queries.freshness import doubtful
from search.documents import IndexDocument
from search.files.attachments import FilesOf, resource_files
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
    state_of,
)
from search.sources.names import all_labels, public_name, published_by, with_parents
from search.sources.plaintext import html_text, stream_text
from search.sources.resource_rows import (
    KIND,
    found_resources,
    resource_day,
    resource_rows,
    visible_rows,
)

# A description stands in for a summary up to this length; what comes later is read when needed.
SUMMARY_LENGTH = 300


def resource_groups(translation_keys: Iterable[Any]) -> list[str]:
    """Group names of works."""
    return [f"{Resources.kind}:{key}" for key in dict.fromkeys(translation_keys)]


def organisation_groups(public_ids: Iterable[Any]) -> list[str]:
    """Group names of organisations."""
    return [f"{Organisations.kind}:{key}" for key in dict.fromkeys(public_ids)]


class Resources:
    """Works: one group for each, one document for each language version."""

    kind = KIND

    def groups(self) -> Iterator[str]:
        """One for each work."""
        for key in keyset(eligibility.indexable_resources(), "translation_key"):
            yield f"{self.kind}:{key}"

    def public(self, groups: Sequence[str]) -> set[str]:
        """Works of which a version is public."""
        rows = eligibility.indexable_resources().filter(translation_key__in=ids_of(groups))
        return set(resource_groups(rows.values_list("translation_key", flat=True)))

    def collect(self, groups: Sequence[str]) -> list[IndexDocument]:
        """Documents of all public versions of these works."""
        rows = (
            eligibility.indexable_resources()
            .filter(translation_key__in=ids_of(groups))
            .select_related("type", "language", "organisation")
            .prefetch_related(
                "languages",
                "topics",
                "regions__parent",
                "tags",
                "publishers__organisation",
                "contributors__organisation",
            )
            .order_by("source_version_id", "pk")
        )
        works: dict[Any, dict[str, Resource]] = {}
        for row in rows:
            works.setdefault(row.translation_key, {})[row.language.code] = row
        files = resource_files(row.pk for row in rows)
        marked = doubtful(Resource, [row.pk for row in rows])
        return [document for work in works.values() for document in self._work(work, files, marked)]

    def _work(
        self, versions: dict[str, Resource], files: FilesOf, marked: set[int]
    ) -> Iterator[IndexDocument]:
        serves = served_languages(versions)
        for language, resource in versions.items():
            others = [other for other in versions.values() if other is not resource]
            document = self._document(resource, others, serves[language])
            yield replace(
                document,
                attachments=files.get(resource.pk, ()),
                is_doubtful=resource.pk in marked,
            )

    def _document(
        self, resource: Resource, others: list[Resource], serves: tuple[str, ...]
    ) -> IndexDocument:
        publishers = list(filter(None, map(public_name, resource.publishers.all())))
        contributors = list(filter(None, map(public_name, resource.contributors.all())))
        if resource.organisation and eligibility.is_indexable(resource.organisation):
            contributors.append(resource.organisation.name)
        topics, regions = list(resource.topics.all()), list(resource.regions.all())
        text_elsewhere = {other.language.code for other in others}
        languages = [row.code for row in resource.languages.all()]
        return IndexDocument(
            key=self._key(resource),
            group=f"{self.kind}:{resource.translation_key}",
            kind=self.kind,
            language=resource.language.code,
            title=resource.title,
            url=resource.get_absolute_url(),
            type=resource.type.code,
            other_names=tuple(filter(None, (resource.doi, resource.isbn))),
            organisations=tuple(dict.fromkeys((*publishers, *contributors))),
            summary=resource.summary,
            body=stream_text(resource.body),
            elsewhere=tuple(
                (other.language.code, f"{other.title} {other.summary}") for other in others
            ),
            serves=serves,
            languages=tuple(
                dict.fromkeys(
                    (
                        resource.language.code,
                        *(code for code in languages if code not in text_elsewhere),
                    )
                )
            ),
            regions=with_parents(regions),
            topics=tuple(topic.code for topic in topics),
            topic_labels=all_labels([*topics, *regions]),
            tags=tuple(tag.name for tag in resource.tags.all()),
            publishers=tuple(dict.fromkeys(publishers)),
            year=resource.year or (resource.published_on.year if resource.published_on else None),
            published=resource_day(resource),
            online_since=day_of(resource.first_published_at),
            version=state_of(resource.last_published_at),
        )

    def _key(self, resource: Resource) -> str:
        return f"{self.kind}:{resource.public_id}"

    def read(self, keys: Sequence[str], viewer: Viewer) -> dict[str, Found]:
        """Resources the viewer may read: one query for what a list shows, and one for their files."""
        rows = visible_rows(ids_of(keys), viewer)
        files = resource_files(row.pk for row in rows if row.has_files)
        return {item.key: item for item in found_resources(rows, files)}

    def texts(self, keys: Sequence[str], viewer: Viewer) -> dict[str, str]:
        """Their running texts."""
        rows = queries.resources_visible_to(viewer).filter(public_id__in=ids_of(keys))
        return {self._key(row): stream_text(row.body) for row in rows.only("public_id", "body")}

    def fallback(self, words: Sequence[str], chosen: Chosen, viewer: Viewer) -> list[Found]:
        """Search in titles and summaries."""
        if chosen.get("conference"):
            return []
        rows = queries.resources_visible_to(viewer).filter(
            contains_all(words, ("title", "summary", "body"))
        )
        rows = _chosen(rows, chosen, type_path="type__code", region_path="regions")
        if chosen.get("language"):
            rows = rows.filter(language__code__in=chosen["language"])
        if chosen.get("publisher"):
            rows = rows.filter(published_by(chosen["publisher"]))
        for bound, lookup in (("year_from", "year__gte"), ("year_to", "year__lte")):
            if chosen.get(bound):
                rows = rows.filter(**{lookup: int(chosen[bound][0])})
        rows = rows.order_by("-first_published_at", "-pk").distinct()
        return list(found_resources(resource_rows(rows[:FALLBACK_LIMIT]), {}))


class Organisations:
    """Organisations and communities: one group each, one document for each language described in."""

    kind = "organisation"

    def groups(self) -> Iterator[str]:
        """One for each organisation."""
        for key in keyset(eligibility.indexable_organisations(), "public_id"):
            yield f"{self.kind}:{key}"

    def public(self, groups: Sequence[str]) -> set[str]:
        """Organisations that are public."""
        rows = eligibility.indexable_organisations().filter(public_id__in=ids_of(groups))
        return set(organisation_groups(rows.values_list("public_id", flat=True)))

    def collect(self, groups: Sequence[str]) -> list[IndexDocument]:
        """Documents of these organisations as far as they are public."""
        rows = (
            eligibility.indexable_organisations()
            .filter(public_id__in=ids_of(groups))
            .select_related("language", "region__parent")
            .prefetch_related("languages_spoken", "topics", "tags", "texts__language")
        )
        marked = doubtful(Organisation, [row.pk for row in rows])
        return [
            replace(document, is_doubtful=row.pk in marked)
            for row in rows
            for document in self._documents(row)
        ]

    def _documents(self, row: Organisation) -> Iterator[IndexDocument]:
        texts = {row.language.code: (row.name, row.description)}
        for text in row.texts.all():
            texts.setdefault(text.language.code, (text.name or row.name, text.description))
        serves = served_languages(texts)
        topics = list(row.topics.all())
        regions = [row.region] if row.region else []
        spoken = tuple(language.code for language in row.languages_spoken.all())
        names = (
            row.name,
            row.short_name,
            *row.other_names,
            *(name for name, _text in texts.values()),
        )
        for language, (name, description) in texts.items():
            others = [(code, *text) for code, text in texts.items() if code != language]
            yield IndexDocument(
                key=f"{self.kind}:{row.public_id}:{language}",
                group=f"{self.kind}:{row.public_id}",
                kind=self.kind,
                language=language,
                title=name,
                url=row.get_absolute_url(),
                type=row.kind,
                other_names=tuple(
                    dict.fromkeys(other for other in names if other and other != name)
                ),
                organisations=(row.public_city,) if row.public_city else (),
                body=html_text(description),
                elsewhere=tuple(
                    (code, f"{other} {html_text(text)}") for code, other, text in others
                ),
                serves=serves[language],
                # An organisation is looked for by the languages it speaks. A description in
                # another language must not make two hits of one organisation.
                languages=(spoken or (row.language.code,)) if serves[language] else (),
                regions=with_parents(regions),
                topics=tuple(topic.code for topic in topics),
                topic_labels=all_labels([*topics, *regions]),
                tags=tuple(tag.name for tag in row.tags.all()),
                published=day_of(row.first_published_at),
                online_since=day_of(row.first_published_at),
                version=state_of(row.last_published_at),
            )

    def read(self, keys: Sequence[str], viewer: Viewer) -> dict[str, Found]:
        """Organisations the viewer may read, each in the language of its key."""
        rows = (
            queries.organisations_visible_to(viewer)
            .filter(public_id__in=ids_of(keys))
            .select_related("language", "region")
            .prefetch_related("texts__language")
        )
        by_id = {str(row.public_id): row for row in rows}
        found: dict[str, Found] = {}
        for key in keys:
            _kind, public_id, language = key.split(":")
            if public_id in by_id:
                found[key] = self._found(by_id[public_id], language)
        return found

    def _found(self, row: Organisation, language: str) -> Found:
        name, description, code = _described(row, language)
        return Found(
            key=f"{self.kind}:{row.public_id}:{code}",
            kind=self.kind,
            public_id=str(row.public_id),
            title=name,
            url=row.get_absolute_url(),
            language=code,
            type=row.kind,
            type_label=str(OrganisationKind(row.kind).label),
            import_id=row.import_id or "",
            summary=html_text(description)[:SUMMARY_LENGTH],
            other_text=" · ".join(part for part in (row.short_name, row.public_city) if part),
            where=_place(row),
            day=day_of(row.first_published_at),
            is_example=row.is_example,
            version=state_of(row.last_published_at),
        )

    def texts(self, keys: Sequence[str], viewer: Viewer) -> dict[str, str]:
        """Their descriptions, each in the language of its key."""
        rows = queries.organisations_visible_to(viewer).filter(public_id__in=ids_of(keys))
        by_id = {str(row.public_id): row for row in rows.prefetch_related("texts__language")}
        found: dict[str, str] = {}
        for key in keys:
            _kind, public_id, language = key.split(":")
            if public_id in by_id:
                found[key] = html_text(_described(by_id[public_id], language)[1])
        return found

    def fallback(self, words: Sequence[str], chosen: Chosen, viewer: Viewer) -> list[Found]:
        """Search in names and descriptions."""
        if any(chosen.get(name) for name in ("publisher", "conference", "year_from", "year_to")):
            return []
        rows = queries.organisations_visible_to(viewer).filter(
            contains_all(words, ("name", "short_name", "other_names", "description"))
        )
        rows = _chosen(rows, chosen, type_path="kind", region_path="region")
        if chosen.get("language"):
            rows = rows.filter(languages_spoken__code__in=chosen["language"])
        rows = rows.select_related("language", "region").prefetch_related("texts__language")
        rows = rows.order_by("-first_published_at", "-pk").distinct()[:FALLBACK_LIMIT]
        return [self._found(row, row.language.code) for row in rows]


def _described(row: Organisation, language: str) -> tuple[str, str, str]:
    """Name, description and language of the text in this language, else of the profile's own."""
    for text in row.texts.all():
        if text.language.code == language != row.language.code:
            return text.name or row.name, text.description, language
    return row.name, row.description, row.language.code


def _chosen(
    rows: QuerySet[Any], chosen: Chosen, *, type_path: str, region_path: str
) -> QuerySet[Any]:
    """Apply the filters that resources and organisations share."""
    if chosen.get("type"):
        rows = rows.filter(**{f"{type_path}__in": chosen["type"]})
    if chosen.get("topic"):
        rows = rows.filter(topics__code__in=chosen["topic"])
    if chosen.get("tag"):
        rows = rows.filter(tags__name__in=chosen["tag"])
    if chosen.get("region"):
        wanted = queries.region_with_children(chosen["region"])
        rows = rows.filter(**{f"{region_path}__in": wanted})
    return rows


def _place(row: Organisation) -> str:
    """Town and region, as far as both may be shown; town states are not named twice."""
    region = row.region.label if row.region else ""
    return ", ".join(dict.fromkeys(filter(None, (row.public_city, region))))
