"""Writes the corpus into the database of the site: resources with everything that belongs to them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from wagtail.blocks import StreamValue

from benchmarks import corpus
from knowledge.models import Language, Publisher, Region, Resource, ResourceType, Tag, Topic
from knowledge.models.resource import TaggedResource

CHUNK = 1_000
_ONLINE_FROM = datetime(2024, 1, 1, tzinfo=UTC)
_BLOCK = corpus.NAMESPACE.hex[:8]


def make_database() -> None:
    """Migrate the database in use. The vocabularies of a new site come with it."""
    call_command("migrate", verbosity=0)


def fill(path: Path, limit: int | None = None) -> int:
    """Write the documents of a corpus file and return how many there are now.

    A second call goes on where the first one stopped.
    """
    lookups = _Lookups()
    done = Resource.objects.filter(import_source="benchmark").count()
    found = islice(corpus.read(path, limit), done, None)
    while portion := list(islice(found, CHUNK)):
        with transaction.atomic():
            _write(portion, lookups)
        done += len(portion)
    return done


class _Lookups:
    """Primary keys of vocabulary rows and tags; missing ones are made."""

    def __init__(self) -> None:
        for place, code in enumerate(corpus.TOPICS):
            label = corpus.topic_label(code)
            Topic.objects.get_or_create(
                code=code, defaults={"labels": {"de": label}, "position": 1_000 + place}
            )
        missing = set(corpus.tags()) - set(Tag.objects.values_list("name", flat=True))
        rows = [Tag(name=name, slug=f"bench-{corpus.tags().index(name)}") for name in missing]
        Tag.objects.bulk_create(rows)
        self.topics = dict(Topic.objects.values_list("code", "pk"))
        self.tags = dict(Tag.objects.values_list("name", "pk"))
        self.regions = dict(Region.objects.values_list("code", "pk"))
        self.languages = dict(Language.objects.values_list("code", "pk"))
        self.types = dict(ResourceType.objects.values_list("code", "pk"))


def _write(portion: Sequence[corpus.Document], known: _Lookups) -> None:
    Resource.objects.bulk_create([_resource(item, known) for item in portion])
    # Asked for, because not every database tells the keys of what it has just stored.
    keys = dict(
        Resource.objects.filter(public_id__in=[item.public_id for item in portion]).values_list(
            "public_id", "pk"
        )
    )
    pairs = [(keys[uuid.UUID(item.public_id)], item) for item in portion]
    for name, lookup, column in (
        ("topics", known.topics, "topic_id"),
        ("regions", known.regions, "region_id"),
    ):
        through: Any = getattr(Resource, name).through
        _bulk(
            through,
            (
                through(**{"resource_id": pk, column: lookup[code]})
                for pk, item in pairs
                for code in getattr(item, name)
            ),
        )
    _bulk(
        TaggedResource,
        (
            TaggedResource(content_object_id=pk, tag_id=known.tags[name])
            for pk, item in pairs
            for name in item.tags
        ),
    )
    _bulk(
        Publisher,
        (
            Publisher(resource_id=pk, name=name, sort_order=place)
            for pk, item in pairs
            for place, name in enumerate(item.publishers)
        ),
    )


def _bulk(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(rows)  # noqa: SLF001 - Django's public name


def _resource(item: corpus.Document, known: _Lookups) -> Resource:
    online = _ONLINE_FROM + timedelta(hours=item.number % 20_000)
    is_exact = item.number % 3 == 0
    return Resource(
        public_id=item.public_id,
        translation_key=item.translation_key,
        import_source="benchmark",
        import_id=f"{item.number:07}",
        type_id=known.types[item.type],
        language_id=known.languages[item.language],
        title=item.title,
        summary=item.summary,
        body=_body(item),
        year=item.year,
        published_on=date(item.year, 1 + item.number % 12, 1 + item.number % 28)
        if is_exact
        else None,
        live=True,
        has_unpublished_changes=False,
        first_published_at=online,
        last_published_at=online,
    )


def _body(item: corpus.Document) -> StreamValue:
    block = Resource._meta.get_field("body").stream_block  # noqa: SLF001 - Django's public name
    return StreamValue(block, list(_blocks(item)), is_lazy=True)


def _blocks(item: corpus.Document) -> Iterator[dict[str, str]]:
    for place, text in enumerate(item.body):
        name = f"{_BLOCK}-0000-4000-8000-{item.number * 100 + place:012}"
        yield {"type": "paragraph", "value": f"<p>{text}</p>", "id": name}


def summary() -> str:
    """What the database holds, as a line of JSON."""
    counts = {"resources": Resource.objects.count(), "tags": Tag.objects.count()}
    return json.dumps(counts)
