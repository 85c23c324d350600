"""The texts hits are shown with, in the database: written with the index, read for one page of hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BinaryField, Func
from django.utils import timezone

from search import marks
from search.fields import EngineDocument
from search.marks import StoredText
from search.models import ShownText
from search.repeated import RepeatedQuery

_AT_ONCE = 200
_WORDS_AT_ONCE = 1_000_000


class _Packed(Func):
    """A text as UTF-8. Unpacking all marks of a page of hits takes longer than finding those wanted."""

    template = "CAST(%(expressions)s AS BLOB)"
    output_field = BinaryField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """In the words of PostgreSQL."""
        template = "CONVERT_TO(%(expressions)s, 'UTF8')"
        return super().as_sql(compiler, connection, template=template, **context)


_kept = RepeatedQuery(
    "key",
    lambda keys: ShownText.objects.filter(key__in=keys).values_list(
        "key", "version", "text", _Packed("marks")
    ),
)


def load(keys: Sequence[str]) -> dict[str, StoredText]:
    """What is kept for these documents, in one query."""
    read = (
        (key, marks.read(version, text, bytes(places)))
        for key, version, text, places in _kept.rows(keys)
    )
    return {key: stored for key, stored in read if stored is not None}


def keeping(documents: Iterable[EngineDocument]) -> Iterator[EngineDocument]:
    """Hand the documents on, and keep their texts on the way, some at a time."""
    for portion in _portions(documents):
        _keep(portion)
        yield from portion


def forget(groups: Sequence[str], kept: Sequence[str]) -> None:
    """Delete what is kept of these groups, except these documents."""
    ShownText.objects.filter(group__in=groups).exclude(pk__in=kept).delete()


def forget_older_than(moment: datetime) -> None:
    """Delete what a build of the whole index has not written anew."""
    ShownText.objects.filter(kept_at__lt=moment).delete()


def _portions(documents: Iterable[EngineDocument]) -> Iterator[list[EngineDocument]]:
    """Documents in portions, small ones where they are long: with files they can be very long."""
    portion: list[EngineDocument] = []
    weight = 0
    for document in documents:
        portion.append(document)
        weight += sum(map(len, document.texts.values()))
        if len(portion) == _AT_ONCE or weight > _WORDS_AT_ONCE:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


def _keep(documents: Sequence[EngineDocument]) -> None:
    now = timezone.now()
    rows = [
        ShownText(key=item.key, group=item.group, kept_at=now, **item.shown) for item in documents
    ]
    with transaction.atomic():
        ShownText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["group", "version", "text", "marks", "pages", "kept_at"],
        )
