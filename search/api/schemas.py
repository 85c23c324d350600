"""What the API answers."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class Problem(Schema):
    """Something is wrong with the request."""

    detail: str


class FilePlace(Schema):
    """Where in a file of the hit the snippet stands."""

    label: str = Field(description="What visitors read where the file is offered.")
    page: int | None = Field(
        description="Its page or slide, from 1; null where a file has no pages to turn to."
    )


class SearchHit(Schema):
    """One hit. Title and snippet exist as HTML with <mark>; everything else in them is escaped."""

    id: str
    import_id: str | None
    kind: str
    type: str
    title: str
    title_html: str
    snippet_html: str
    language: str
    url: str
    score: float
    is_example: bool
    file: FilePlace | None = Field(
        None, description="Set if the snippet is from a file, or a file is called so."
    )


class FacetValue(Schema):
    """A value of a facet and how many hits have it."""

    value: str
    label: str
    count: int
    selected: bool


class SearchAnswer(Schema):
    """A page of hits."""

    total: int
    page: int
    page_size: int
    took_ms: int
    engine: str
    did_you_mean: str | None
    relaxed: bool = Field(
        False, description="Hardly anything has all the words: hits may have some of them only."
    )
    degraded: bool = Field(False, description="The search engine is down, the database answered.")
    hits: list[SearchHit]
    facets: dict[str, list[FacetValue]]


class Suggested(Schema):
    """Something to go to."""

    text: str
    kind: str
    url: str


class SuggestAnswer(Schema):
    """Suggestions."""

    suggestions: list[Suggested]


class ResourceItem(Schema):
    """A resource."""

    id: str
    import_id: str | None
    type: str
    title: str
    summary: str
    language: str
    languages: list[str]
    authors: list[str]
    publishers: list[str]
    year: int | None
    published_on: date | None
    regions: list[str]
    topics: list[str]
    tags: list[str]
    licence: str | None
    doi: str
    isbn: str
    link: str = Field(description="Where it stands on the web.")
    url: str = Field(description="Its page here.")
    is_example: bool


class OrganisationItem(Schema):
    """An organisation or online community. Contact addresses are not part of the API."""

    id: str
    import_id: str | None
    kind: str
    name: str
    short_name: str
    other_names: list[str]
    description: str
    language: str
    languages: list[str]
    region: str | None
    city: str
    founded: int | None
    topics: list[str]
    tags: list[str]
    website: str
    url: str = Field(description="Its page here.")
    is_example: bool


class ConferenceItem(Schema):
    """A conference."""

    id: str
    title: str
    subtitle: str
    introduction: str
    language: str
    hashtag: str
    date_start: date | None
    date_end: date | None
    state: str
    website: str
    url: str = Field(description="Its page here.")
    is_example: bool


class TermItem(Schema):
    """A row of a vocabulary."""

    code: str
    label: str
    labels: dict[str, str]


class TopicItem(TermItem):
    """A topic."""

    description: str
    synonyms: list[str]
    url: str = Field(description="Its page here.")


class RegionItem(TermItem):
    """A country or state, ISO 3166."""

    parent: str | None


class ListAnswer(Schema):
    """Where in a list one is."""

    total: int
    page: int
    page_size: int


class ResourceList(ListAnswer):
    """A page of resources."""

    items: list[ResourceItem]


class OrganisationList(ListAnswer):
    """A page of organisations."""

    items: list[OrganisationItem]


class ConferenceList(ListAnswer):
    """A page of conferences."""

    items: list[ConferenceItem]


class TopicList(ListAnswer):
    """A page of topics."""

    items: list[TopicItem]


class RegionList(ListAnswer):
    """A page of regions."""

    items: list[RegionItem]
