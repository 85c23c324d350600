"""Complete builds of the index beside the one in use, and the swap to them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from django.utils import timezone

from search import shown, sources
from search.engines import Engine
from search.fields import EngineDocument, schema_hash
from search.models import IndexGeneration, IndexJob
from search.outbox import enqueue
from search.prepare import prepare

logger = logging.getLogger(__name__)

_READ_AT_ONCE = 200
_KEPT_RECORDS = 20


def needs_rebuild(engine: Engine) -> bool:
    """Whether there is no index, or one made by another schema or analysis, or a broken one.

    Raises EngineUnavailable if that cannot be told.
    """
    if engine.name == "null":
        return False
    current = engine.current()
    return current is None or not current.endswith(schema_hash()) or not engine.health().ok


def rebuild(engine: Engine) -> IndexGeneration:
    """Build a new generation from the database and swap to it. Searching goes on meanwhile.

    The caller holds the writer's lock. Jobs seen at the start are done by the build itself. Jobs written
    meanwhile are done in the new generation before the swap and stay for the worker, so no edit is
    lost. Raises EngineUnavailable; the generation in use then stays.
    """
    stamp = datetime.now(tz=UTC).strftime("%Y%m%d%H%M%S%f")
    record = IndexGeneration(name=f"{stamp}_{schema_hash()}", engine=engine.name)
    covered = list(IndexJob.objects.values_list("pk", flat=True))
    engine.create(record.name)
    try:
        refused: list[str] = []
        record.documents = engine.write(
            shown.keeping(_all_documents(refused)), generation=record.name
        )
        _replay(engine, record.name, set(covered))
        engine.swap(record.name)
    except BaseException:
        engine.drop(record.name)
        raise
    record.finished_at = timezone.now()
    record.save()
    for start in range(0, len(covered), _READ_AT_ONCE):
        IndexJob.objects.filter(pk__in=covered[start : start + _READ_AT_ONCE]).delete()
    shown.forget_older_than(record.started_at)
    # What cannot be indexed is tried again by the worker, which keeps the reason.
    enqueue(refused)
    _forget_old_records()
    logger.info("Index %s built: %s documents", record.name, record.documents)
    return record


def _all_documents(refused: list[str]) -> Iterator[EngineDocument]:
    """Every public document, read in portions so that memory stays flat.

    One item that cannot be read must not stop all others: its group is added to ``refused``.
    """
    groups = sources.all_groups()
    while portion := list(islice(groups, _READ_AT_ONCE)):
        try:
            documents = list(map(prepare, sources.collect(portion)))
        except Exception:
            logger.exception("A portion of the build failed, trying each group alone")
            documents = list(_one_by_one(portion, refused))
        yield from documents


def _one_by_one(groups: list[str], refused: list[str]) -> Iterator[EngineDocument]:
    for group in groups:
        try:
            yield from list(map(prepare, sources.collect([group])))
        except Exception:
            logger.exception("%s cannot be indexed", group)
            refused.append(group)


def _replay(engine: Engine, generation: str, covered: set[int]) -> None:
    """Bring what changed during the build into the new generation."""
    jobs = IndexJob.objects.values_list("pk", "group").order_by("pk")
    groups = list(dict.fromkeys(group for pk, group in jobs if pk not in covered))
    for start in range(0, len(groups), _READ_AT_ONCE):
        portion = groups[start : start + _READ_AT_ONCE]
        documents = shown.keeping(map(prepare, sources.collect(portion)))
        engine.write(documents, portion, generation=generation)


def _forget_old_records() -> None:
    kept = IndexGeneration.objects.values_list("pk", flat=True)[:_KEPT_RECORDS]
    IndexGeneration.objects.exclude(pk__in=list(kept)).delete()
