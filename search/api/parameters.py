"""Parameters of the API: what is allowed, and a clear refusal of the rest."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator

from search.asking import PAGE_SIZE
from search.facets import FACET_LABELS
from search.forms import FIRST_YEAR, LAST_YEAR, MAX_VALUE_LENGTH, MAX_VALUES, is_sound
from search.service import MAX_PAGE_SIZE

MAX_QUERY = 1_000
Kind = Literal["resource", "organisation", "conference", "session", "page"]
_MAX_PAGE = 100_000


def _sound(value: str) -> str:
    if not is_sound(value):
        raise ValueError(f"must be 1 to {MAX_VALUE_LENGTH} printable characters")
    return value


def _ui_language(value: str) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    if value not in known:
        raise ValueError(f"must be one of {', '.join(known)}")
    return value


def _facet(value: str) -> str:
    if value not in FACET_LABELS:
        raise ValueError(f"must be one of {', '.join(FACET_LABELS)}")
    return value


Value = Annotated[str, AfterValidator(_sound)]
Values = Annotated[list[Value], Field(max_length=MAX_VALUES)]
UiLanguage = Annotated[str, AfterValidator(_ui_language)]
Facet = Annotated[
    str, AfterValidator(_facet), Field(json_schema_extra={"enum": list(FACET_LABELS)})
]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class Paging(Schema):
    """Which part of a list."""

    page: int = Field(1, ge=1, le=_MAX_PAGE, description="Page, from 1.")
    page_size: int = Field(PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE, description="Items on a page.")
    lang: UiLanguage = Field(
        settings.LANGUAGE_CODE, description="Language of labels and addresses."
    )


class SearchParameters(Paging):
    """A search. Repeat a filter for OR within it; different filters narrow together."""

    q: str = Field("", max_length=MAX_QUERY, description='Words, "phrases", -words to leave out.')
    kind: Annotated[list[Kind], Field(max_length=MAX_VALUES)] = Field([], description="Kind.")
    type: Values = Field([], description="Type of resource, organisation or session.")
    language: Values = Field([], description="Language, BCP 47.")
    region: Values = Field([], description="ISO 3166 code; a country includes its states.")
    topic: Values = Field([], description="Code of a topic, see /topics.")
    tag: Values = Field([], description="A tag.")
    publisher: Values = Field([], description="Name of a publisher.")
    conference: Values = Field([], description="Id of a conference: it and its sessions.")
    year_from: Year | None = Field(None, description="First year.")
    year_to: Year | None = Field(None, description="Last year.")
    facets: Annotated[list[Facet], Field(max_length=MAX_VALUES)] = Field(
        [], description="Which filters to count the values of; without it all."
    )
    sort: Literal["relevance", "newest", "title"] | None = Field(
        None, description="Order; without it relevance, or newest where nothing is searched for."
    )


class LanguageParameter(Schema):
    """The language of labels alone."""

    lang: UiLanguage = Field(
        settings.LANGUAGE_CODE, description="Language of labels and addresses."
    )


class SuggestParameters(LanguageParameter):
    """What has been typed so far."""

    q: str = Field("", max_length=MAX_QUERY, description="What has been typed so far.")


def refuse_unknown(request: HttpRequest, parameters: type[Schema]) -> None:
    """Raise HttpError 400 for a parameter that does not exist: a typing error must not widen a search."""
    fields: dict[str, Any] = parameters.model_fields
    unknown = sorted(set(request.GET) - set(fields))
    if unknown:
        shown = ", ".join(name[:40] for name in unknown[:5])
        raise HttpError(400, f"unknown parameter: {shown}")
