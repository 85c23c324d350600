"""Noting that something must be indexed again: a row in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from search.models import IndexJob
from search.repeated import FixedQuery

_CHUNK = 500
_MOST_CHANGED = 200
# Groups noted inside `collecting()`, written as one batch at its end.
_collected: ContextVar[dict[str, None] | None] = ContextVar("collected", default=None)


def enqueue(groups: Iterable[str]) -> None:
    """Note groups of documents for the worker, in the transaction that is open now.

    If that transaction is rolled back, nothing has been noted; if the engine is down, nothing is lost.
    """
    names = dict.fromkeys(groups)
    waiting = _collected.get()
    if waiting is not None:
        waiting.update(names)
        return
    _write(names)


@contextmanager
def collecting() -> Iterator[None]:
    """Note each group once, however often it changes inside this block; for imports.

    The block is a transaction: the changes and their notes are kept together or not at all.
    """
    token = _collected.set({})
    try:
        with transaction.atomic():
            yield
            _write(_collected.get() or {})
    finally:
        _collected.reset(token)


def _write(names: dict[str, None]) -> None:
    jobs = [IndexJob(group=name) for name in names]
    IndexJob.objects.bulk_create(jobs, batch_size=_CHUNK)


def changed_groups() -> list[str]:
    """Groups the index does not hold as they are now: the newest changes, in one query."""
    return list(dict.fromkeys(group for (group,) in _newest.rows()))


_newest = FixedQuery(
    lambda: IndexJob.objects.order_by("-pk").values_list("group")[:_MOST_CHANGED],
)
