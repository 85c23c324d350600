"""Complete builds of the index beside the one in use, and the swap to them."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from django.utils import timezone

from nexsm.base.locks import LockLost
from search import portions, shown
from search.batches import NOT_THE_JOB, Pulse, WorkStopped, no_pulse, run_batch, write_groups
from search.engines import DocumentsRefused, Engine, EngineUnavailable
from search.fields import EngineDocument, schema_hash
from search.models import IndexGeneration, IndexJob
from search.outbox import enqueue

logger = logging.getLogger(__name__)

_READ_AT_ONCE = 200
_KEPT_RECORDS = 20
# A build of a large index takes minutes. So often edits are brought into the index in use meanwhile.
SECONDS_BETWEEN_EDITS = 1.0
# New edits arrive while those before them are followed up. What is left is the worker's.
_MOST_FOLLOW_UPS = 10


def needs_rebuild(engine: Engine) -> bool:
    """Whether there is no index, or one made by another schema or analysis, or a broken one.

    Raises EngineUnavailable if that cannot be told.
    """
    if engine.name == "null":
        return False
    current = engine.current()
    if current is None or not current.endswith(schema_hash()):
        return True
    damage = engine.damage()
    if damage:
        logger.error("The index is damaged and will be built anew: %s", damage)
    return bool(damage)


def rebuild(engine: Engine, *, pulse: Pulse = no_pulse, processes: int = 1) -> IndexGeneration:
    """Build a new generation from the database and swap to it. Searching and editing go on meanwhile.

    More than one of ``processes`` read and analyse beside this one, which then only writes. The caller holds the writer's lock. No edit is lost: jobs seen at the start are done by the build
    itself and deleted after the swap; jobs written meanwhile are done in the index in use, if it is
    sound, and in the new one before the swap; jobs written after that stay for the worker. Whoever is
    killed meanwhile leaves an unfinished generation, which the next build deletes.

    Raises EngineUnavailable and what ``pulse`` raises; the generation in use then stays.
    """
    engine.sweep()
    stamp = datetime.now(tz=UTC).strftime("%Y%m%d%H%M%S%f")
    record = IndexGeneration(name=f"{stamp}_{schema_hash()}", engine=engine.name)
    covered = list(IndexJob.objects.values_list("pk", flat=True))
    build = _Build(engine, record.name, covered, pulse, processes)
    engine.create(record.name)
    try:
        record.documents = build.fill()
        build.follow_up()
        pulse()
        engine.swap(record.name)
    except BaseException:
        with suppress(EngineUnavailable):
            engine.drop(record.name)
        raise
    record.finished_at = timezone.now()
    record.save()
    # What cannot be indexed is tried again by the worker, which keeps the reason. Noted before the jobs
    # it replaces are deleted: who is killed in between leaves one too many, not one too few.
    enqueue(build.refused)
    for start in range(0, len(covered), _READ_AT_ONCE):
        IndexJob.objects.filter(pk__in=covered[start : start + _READ_AT_ONCE]).delete()
    shown.forget_older_than(record.started_at)
    _forget_old_records()
    logger.info("Index %s built: %s documents", record.name, record.documents)
    return record


class _Build:
    """A generation that is being filled, and the edits made meanwhile."""

    def __init__(
        self, engine: Engine, name: str, covered: Sequence[int], pulse: Pulse, processes: int
    ) -> None:
        self.refused: list[str] = []
        self._processes = processes
        self._engine = engine
        self._name = name
        self._pulse = pulse
        self._seen = set(covered)
        # Groups that changed after the build began, and may have been read before they did.
        self._changed: dict[str, None] = {}
        current = engine.current()
        self._in_use_is_sound = (
            current is not None and current.endswith(schema_hash()) and engine.health().ok
        )
        self._next_look = time.monotonic() + SECONDS_BETWEEN_EDITS

    def fill(self) -> int:
        """Write every public document. Returns how many."""
        try:
            return self._engine.write(shown.keeping(self._documents()), generation=self._name)
        except DocumentsRefused as error:
            self.refused.extend(error.groups)
            return error.written

    def _documents(self) -> Iterator[EngineDocument]:
        is_alone = self._processes == 1
        documents = (
            _all_documents(self.refused)
            if is_alone
            else portions.in_processes(self._processes, self.refused)
        )
        for document in documents:
            if time.monotonic() >= self._next_look:
                self._pulse()
                self._do_jobs()
                self._next_look = time.monotonic() + SECONDS_BETWEEN_EDITS
            yield document

    def _do_jobs(self) -> int:
        """Bring the oldest jobs into the index in use, so that edits are found during the build."""
        if not self._in_use_is_sound:
            return 0
        try:
            done = run_batch(self._engine, pulse=self._pulse)
        except (LockLost, WorkStopped):
            raise
        except Exception:  # the build may mend what is wrong; the jobs stay
            logger.exception("Edits made during the build wait for its end")
            self._in_use_is_sound = False
            return 0
        self._changed.update(dict.fromkeys(done.groups))
        return done.jobs

    def follow_up(self) -> None:
        """Bring what changed since the build began into the new generation."""
        for _round in range(_MOST_FOLLOW_UPS):
            while self._do_jobs():
                self._pulse()
            jobs = IndexJob.objects.exclude(is_parked=True).values_list("pk", "group")
            new = {pk: group for pk, group in jobs if pk not in self._seen}
            groups = list(dict.fromkeys([*self._changed, *new.values()]))
            self._seen.update(new)
            self._changed.clear()
            if not groups:
                return
            for start in range(0, len(groups), _READ_AT_ONCE):
                self._pulse()
                self._write(groups[start : start + _READ_AT_ONCE])

    def _write(self, groups: list[str]) -> None:
        try:
            write_groups(self._engine, groups, generation=self._name)
        except NOT_THE_JOB:
            raise
        except Exception:
            if len(groups) == 1:
                logger.exception("%s cannot be indexed", groups[0])
                self.refused.extend(groups)
                return
            for group in groups:
                self._write([group])


def _all_documents(refused: list[str]) -> Iterator[EngineDocument]:
    return portions.all_documents(refused)


def _forget_old_records() -> None:
    kept = IndexGeneration.objects.values_list("pk", flat=True)[:_KEPT_RECORDS]
    IndexGeneration.objects.exclude(pk__in=list(kept)).delete()
