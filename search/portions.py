"""Every public document, read and analysed in portions: in this process, or in several of their own.

One item that cannot be read must not stop all others: its group is noted as refused.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import groupby, islice
from multiprocessing import get_context
from typing import TypeAlias, TypeVar

import django

from search import sources
from search.analysis import lexicon
from search.batches import NOT_THE_JOB
from search.documents import IndexDocument
from search.fields import EngineDocument
from search.files.texts import prepared

logger = logging.getLogger(__name__)

Made = TypeVar("Made")
Portion: TypeAlias = tuple[list[EngineDocument], list[str]]
"""Documents, and the groups that were refused."""

_READ_AT_ONCE = 200
# What a process hands over lies in memory as a whole, with all pages of its files.
_HANDED_OVER_AT_ONCE = 100
# So many portions are read ahead for each process.
_AHEAD = 2


def all_documents(refused: list[str]) -> Iterator[EngineDocument]:
    """Every public document, read in portions so that memory stays flat."""
    lexicon.expect_many()
    for groups in _groups(_READ_AT_ONCE):
        yield from _documents(groups, refused)


def in_processes(number: int, refused: list[str]) -> Iterator[EngineDocument]:
    """The same, read and analysed by so many processes.

    They begin with nothing of this one (``spawn``), so they share no connection and no lock with it.
    """
    context = get_context("spawn")
    pool = ProcessPoolExecutor(number, mp_context=context, initializer=django.setup)
    try:
        groups = _groups(_HANDED_OVER_AT_ONCE)
        read = deque[Future[Portion]]()
        while True:
            ahead = islice(groups, number * _AHEAD - len(read))
            read.extend(pool.submit(read_portion, names) for names in ahead)
            if not read:
                return
            documents, refused_here = read.popleft().result()
            refused.extend(refused_here)
            yield from documents
    finally:
        pool.shutdown(cancel_futures=True)


def read_portion(groups: list[str]) -> Portion:
    """What a process does for another."""
    lexicon.expect_many()
    refused: list[str] = []
    return list(_documents(groups, refused)), refused


def _groups(at_once: int) -> Iterator[list[str]]:
    groups = sources.all_groups()
    while portion := list(islice(groups, at_once)):
        yield portion


def _documents(groups: list[str], refused: list[str]) -> Iterator[EngineDocument]:
    documents = _collected(groups, refused)
    # One group after the other: with their files, those of a portion might not fit in memory.
    for group, versions in groupby(documents, key=lambda document: document.group):
        yield from _or_refuse(group, partial(_prepared, list(versions)), refused)


def _collected(groups: list[str], refused: list[str]) -> list[IndexDocument]:
    try:
        return sources.collect(groups)
    except NOT_THE_JOB:
        raise
    except Exception:
        logger.exception("A portion of the build failed, trying each group alone")
    return [
        document
        for group in groups
        for document in _or_refuse(group, partial(sources.collect, [group]), refused)
    ]


def _prepared(documents: Sequence[IndexDocument]) -> list[EngineDocument]:
    return list(prepared(documents))


def _or_refuse(group: str, make: Callable[[], list[Made]], refused: list[str]) -> list[Made]:
    try:
        return make()
    except NOT_THE_JOB:
        raise
    except Exception:
        logger.exception("%s cannot be indexed", group)
        refused.append(group)
        return []
