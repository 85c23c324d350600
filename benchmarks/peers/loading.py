"""Fills the database of the peers and builds their two indexes."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from modelsearch.models import IndexEntry

from benchmarks import corpus
from benchmarks.peers.models import Text

_CHUNK = 1_000


def fill(path: Path, limit: int) -> int:
    """Write the documents of a corpus file; a second call goes on. Returns how many there are."""
    call_command("migrate", verbosity=0, run_syncdb=True)
    found = map(_text, islice(corpus.read(path, limit), Text.objects.count(), None))
    while portion := list(islice(found, _CHUNK)):
        Text.objects.bulk_create(portion)
    return Text.objects.count()


def _text(item: corpus.Document) -> Text:
    return Text(
        title=item.title,
        summary=item.summary,
        body=item.text,
        type=item.type,
        language=item.language,
        topic=item.topics[0],
        region=item.regions[0] if item.regions else "",
    )


def index_in_database() -> None:
    """Write what its own command writes.

    That command corrects the lengths of titles after every 1,000 objects and all rows once more at the
    end, which takes an hour for 100,000; here the lengths are known beforehand.
    """
    kind = ContentType.objects.get_for_model(Text)
    lengths = [len(title) for title in Text.objects.values_list("title", flat=True)]
    mean = sum(lengths) / len(lengths)
    done = IndexEntry.objects.count()
    rows = Text.objects.order_by("pk")[done:].iterator()
    while portion := list(islice(rows, _CHUNK)):
        with transaction.atomic():
            IndexEntry.objects.bulk_create(
                IndexEntry(
                    content_type=kind,
                    object_id=str(row.pk),
                    title=row.title,
                    title_norm=mean / len(row.title),
                    autocomplete=row.title,
                    body=f"{row.summary} {row.body}",
                )
                for row in portion
            )


def index_in_elasticsearch() -> dict[str, Any]:
    """Build the index with its own command and tell how long it took."""
    started = time.perf_counter()
    call_command("rebuild_modelsearch_index", backend_name="elasticsearch", verbosity=0)
    seconds = time.perf_counter() - started
    number = Text.objects.count()
    return {"seconds": round(seconds, 1), "documents_a_second": round(number / seconds, 1)}
