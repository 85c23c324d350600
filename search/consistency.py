"""Whether the index holds what is public, all of it and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from search import sources
from search.batches import NOT_THE_JOB, unpark
from search.documents import IndexDocument
from search.engines import Engine
from search.models import IndexJob
from search.outbox import enqueue
from search.prepare import digest

logger = logging.getLogger(__name__)

_READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """Differences between database and index, as group names and keys.

    ``unreadable`` are groups whose documents cannot be made, so that nobody knows what they should be.
    """

    documents: int = 0
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    # The groups to index again, and those of surplus documents.
    groups: frozenset[str] = frozenset()

    @property
    def is_clean(self) -> bool:
        """Whether there is no difference."""
        return not self.differences()

    def differences(self) -> dict[str, list[str]]:
        """Kind of difference → keys."""
        found = {
            "missing": self.missing,
            "stale": self.stale,
            "surplus": self.surplus,
            "unreadable": self.unreadable,
        }
        return {name: keys for name, keys in found.items() if keys}


def compare(engine: Engine) -> Report:
    """Compare every public document with the index. Raises EngineUnavailable."""
    indexed = engine.ids()
    missing: list[str] = []
    stale: list[str] = []
    unreadable: list[str] = []
    touched: set[str] = set()
    seen: set[str] = set()
    names = sources.all_groups()
    while portion := list(islice(names, _READ_AT_ONCE)):
        for document in _readable(portion, unreadable):
            seen.add(document.key)
            if document.key not in indexed:
                missing.append(document.key)
            elif indexed[document.key].digest != digest(document):
                stale.append(document.key)
            else:
                continue
            touched.add(document.group)
    unknown = set(unreadable)
    surplus = sorted(key for key in indexed.keys() - seen if indexed[key].group not in unknown)
    touched.update(unknown, (indexed[key].group for key in surplus))
    return Report(len(seen), missing, stale, surplus, unreadable, frozenset(touched))


def _readable(groups: Sequence[str], unreadable: list[str]) -> Iterator[IndexDocument]:
    """The documents of these groups. One that cannot be made must not hide what is wrong with others."""
    try:
        yield from list(sources.collect(groups))
    except NOT_THE_JOB:
        raise
    except Exception:
        if len(groups) == 1:
            logger.exception("%s cannot be read", groups[0])
            unreadable.extend(groups)
            return
        for group in groups:
            yield from _readable([group], unreadable)


def repair(report: Report) -> int:
    """Note all groups that differ for the worker, unless they wait already. Returns how many.

    What the worker has given up is tried again.
    """
    unpark()
    waiting = set(IndexJob.objects.filter(is_parked=False).values_list("group", flat=True))
    groups = sorted(report.groups - waiting)
    enqueue(groups)
    return len(groups)
