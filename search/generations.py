"""Complete builds of the index beside the one in use, and the swap to them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timezone as zones
from itertools import islice

from django.utils import timezone

from search import sources
from search.engines import Engine
from search.fields import EngineDocument, schema_hash
from search.models import IndexGeneration, IndexJob
from search.prepare import prepare

logger = logging.getLogger(__name__)

_READ_AT_ONCE = 200
_KEPT_RECORDS = 20


def needs_rebuild(engine: Engine) -> bool:
    """Whether there is no index, or one made by another schema or analysis, or a broken one."""
    if engine.name == "null":
        return False
    current = engine.current()
    return current is None or not current.endswith(schema_hash()) or not engine.health().ok


def rebuild(engine: Engine) -> IndexGeneration:
    """Build a new generation from the database and swap to it. Searching goes on meanwhile.

    Jobs written after the start are done again in the new generation before and after the swap, so no
    edit is lost. Raises EngineUnavailable; the generation in use then stays.
    """
    stamp = datetime.now(tz=zones.utc).strftime("%Y%m%d%H%M%S%f")
    record = IndexGeneration(name=f"{stamp}_{schema_hash()}", engine=engine.name)
    last_job = _last_job()
    engine.create(record.name)
    try:
        record.documents = engine.write(_all_documents(), generation=record.name)
        _replay(engine, record.name, last_job)
        engine.swap(record.name)
    except BaseException:
        engine.drop(record.name)
        raise
    record.finished_at = timezone.now()
    record.save()
    _forget_old_records()
    logger.info("Index %s built: %s documents", record.name, record.documents)
    return record


def _last_job() -> int:
    return IndexJob.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _all_documents() -> Iterator[EngineDocument]:
    """Every public document, read in portions so that memory stays flat."""
    groups = sources.all_groups()
    while portion := list(islice(groups, _READ_AT_ONCE)):
        yield from map(prepare, sources.collect(portion))


def _replay(engine: Engine, generation: str, after: int) -> None:
    """Bring what changed during the build into the new generation. The jobs stay for the worker."""
    jobs = IndexJob.objects.filter(pk__gt=after).order_by("pk")
    groups = list(dict.fromkeys(jobs.values_list("group", flat=True)))
    for start in range(0, len(groups), _READ_AT_ONCE):
        portion = groups[start : start + _READ_AT_ONCE]
        engine.write(map(prepare, sources.collect(portion)), portion, generation=generation)


def _forget_old_records() -> None:
    kept = IndexGeneration.objects.values_list("pk", flat=True)[:_KEPT_RECORDS]
    IndexGeneration.objects.exclude(pk__in=list(kept)).delete()
