"""From a row of the database to an item of the API. Only what the public page shows."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from conference.models import ConferencePage
from knowledge.enums import ContributorRole
from knowledge.models import Organisation, Region, Resource, Topic
from search.api.schemas import ConferenceItem, OrganisationItem, RegionItem, ResourceItem, TopicItem
from search.sources.names import public_name
from search.sources.pages import page_url
from search.sources.plaintext import html_text

Absolute = Callable[[str], str]


def resource(row: Resource, absolute: Absolute) -> ResourceItem:
    """A resource with its vocabularies as codes."""
    authors = [item for item in row.contributors.all() if item.role == ContributorRole.AUTHOR]
    return ResourceItem(
        id=str(row.public_id),
        import_id=row.import_id or None,
        type=row.type.code,
        title=row.title,
        summary=row.summary,
        language=row.language.code,
        languages=[language.code for language in row.languages.all()],
        authors=[name for name in map(public_name, authors) if name],
        publishers=[name for name in map(public_name, row.publishers.all()) if name],
        year=row.year,
        published_on=row.published_on,
        regions=[item.code for item in row.regions.all()],
        topics=[item.code for item in row.topics.all()],
        tags=[item.name for item in row.tags.all()],
        licence=row.licence.code if row.licence else None,
        doi=row.doi,
        isbn=row.isbn,
        link=row.url,
        url=absolute(row.get_absolute_url()),
        is_example=row.is_example,
    )


def organisation(row: Organisation, absolute: Absolute) -> OrganisationItem:
    """An organisation; of its place only what it wants to be shown."""
    return OrganisationItem(
        id=str(row.public_id),
        import_id=row.import_id or None,
        kind=row.kind,
        name=row.name,
        short_name=row.short_name,
        other_names=list(row.other_names),
        description=html_text(row.description),
        language=row.language.code,
        languages=[language.code for language in row.languages_spoken.all()],
        region=row.region.code if row.region else None,
        city=row.public_city,
        founded=row.founded,
        topics=[item.code for item in row.topics.all()],
        tags=[item.name for item in row.tags.all()],
        website=row.website,
        url=absolute(row.get_absolute_url()),
        is_example=row.is_example,
    )


def conference(row: ConferencePage, absolute: Absolute) -> ConferenceItem:
    """A conference."""
    return ConferenceItem(
        id=str(row.public_id),
        title=row.title,
        subtitle=row.subtitle,
        introduction=row.introduction,
        language=row.locale.language_code,
        hashtag=row.hashtag,
        date_start=row.date_start,
        date_end=row.date_end,
        state=row.current_state().value,
        website=row.website,
        url=absolute(page_url(row)),
        is_example=row.is_example,
    )


def topic(row: Topic, absolute: Absolute) -> TopicItem:
    """A topic."""
    return TopicItem(
        code=row.code,
        label=row.label,
        labels=row.labels,
        description=row.description,
        synonyms=list(row.synonyms),
        url=absolute(reverse("knowledge:topic", args=[row.code])),
    )


def region(row: Region, absolute: Absolute) -> RegionItem:  # noqa: ARG001 - regions have no page
    """A region."""
    return RegionItem(
        code=row.code,
        label=row.label,
        labels=row.labels,
        parent=row.parent.code if row.parent else None,
    )
