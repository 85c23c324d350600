"""Documents read by several processes are those one process reads."""

import pickle
from concurrent.futures import Future

import pytest

from search import portions
from tests.factories.knowledge import ResourceFactory


def sent(value):
    """What arrives in another process."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - made a moment ago, here


class Pool:
    """Does at once what processes would do, with copies of what goes in and out."""

    def __init__(self, *_arguments, **_options):
        self.handed_in = 0

    def submit(self, work, *arguments):
        self.handed_in += 1
        done = Future()
        done.set_result(sent(work(*sent(arguments))))
        return done

    def shutdown(self, **_options):
        """Nothing to end."""


@pytest.fixture
def pool(monkeypatch, db):
    """Two groups are handed over at once."""
    made = []
    monkeypatch.setattr(
        portions, "ProcessPoolExecutor", lambda *a, **o: made.append(Pool(*a, **o)) or made[-1]
    )
    monkeypatch.setattr(portions, "_HANDED_OVER_AT_ONCE", 2)
    return lambda: made[-1]


def test_several_processes_read_what_one_reads(pool):
    ResourceFactory.create_batch(15)

    alone = {document.key: document for document in portions.all_documents([])}

    assert len(alone) == 15
    together = list(portions.in_processes(3, []))
    assert len(together) == 15
    assert {document.key: document for document in together} == alone


def test_no_more_is_read_ahead_than_the_processes_need(pool):
    ResourceFactory.create_batch(15)

    documents = portions.in_processes(2, [])
    next(documents)

    assert pool().handed_in == 4
    documents.close()


def test_what_a_process_refuses_is_told(pool, unreadable):
    ResourceFactory(title="Gut")
    refused = []
    found = list(portions.in_processes(2, refused))

    assert len(found) == 1
    assert refused == [f"resource:{unreadable.translation_key}"]
