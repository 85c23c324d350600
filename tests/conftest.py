"""Fixtures every room may use: the real services, and the second run on PostgreSQL."""

import os
import urllib.request
import uuid

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from tests import ready_database, real_services

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="Run only the tests that use the database, without the browser (for a second engine), "
        "and without those marked any_database.",
    )


# What these files need takes long to make, is kept for a file, and would be made in every process.
FILES_TOGETHER = (
    "tests/conformance/",
    "tests/demo/",
    "tests/evaluation/",
    "tests/uploads/test_proc",
)


class CostlyTestsTogether(LoadScopeScheduling):
    """Every test may run anywhere, but those of one site, or of one costly file, in one process.

    The largest groups begin first, so that no process is left alone with one at the end.
    """

    def _split_scope(self, nodeid):
        if nodeid.startswith("tests/e2e/"):
            return "site"
        return nodeid.split("::")[0] if nodeid.startswith(FILES_TOGETHER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Replace --dist=loadgroup: the groups of pytest-xdist 3.8 do nothing under pytest 9.2."""
    return CostlyTestsTogether(config, log) if config.getvalue("dist") == "loadgroup" else None


def uses_database(item):
    if item.get_closest_marker("django_db"):
        return True
    return bool(DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--database-only"):
        return
    wanted = [
        item
        for item in items
        if uses_database(item)
        and not item.get_closest_marker("e2e")
        and not item.get_closest_marker("any_database")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Database tests begin with a copy of a migrated database."""
    ready_database.begin_with(connection)


@pytest.fixture(scope="session")
def elasticsearch_url():
    """The address of a real Elasticsearch."""
    return real_services.address_of(real_services.ELASTICSEARCH)


@pytest.fixture
def elasticsearch_prefix(elasticsearch_url):
    """A prefix for the names of this test's indexes; they are deleted afterwards."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    with urllib.request.urlopen(
        f"{elasticsearch_url}/_cat/indices/{prefix}*?h=index", timeout=30
    ) as answer:
        names = answer.read().decode().split()
    for name in names:
        request = urllib.request.Request(f"{elasticsearch_url}/{name}", method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()


@pytest.fixture(scope="session")
def postgres_url():
    """The address of a real PostgreSQL, as DATABASE_URL takes it."""
    return real_services.address_of(real_services.POSTGRES)


@pytest.fixture(scope="session")
def chromium_path():
    """The program file of a real browser."""
    return real_services.browser_program()


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium_path):
    """How pytest-playwright starts the browser: the system's Chromium, without the internet."""
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code;
    # the loop stays until the end of the session, so the permission does too.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    here_only = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    arguments = [f"--host-resolver-rules={here_only}"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox does not work for root
    return {"executable_path": chromium_path, "args": arguments}


@pytest.fixture(autouse=True)
def requests_leave_the_transaction_of_a_test_open(monkeypatch):
    """Closing a response, or a round of the worker, closes connections it finds in a transaction.

    In a running site that never is one of a caller; in a test the whole test is one.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_transactions(connection):
        if not connection.in_atomic_block:
            close(connection)

    monkeypatch.setattr(
        BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_transactions
    )


@pytest.fixture(autouse=True)
def every_test_starts_in_german():
    """A request under /en/ leaves its language to the thread; the next test must not inherit it."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """What the search keeps in memory belongs to the database of one test.

    There it stays: how many seconds a test takes is up to the machine, its queries are not. Neither
    does a test meet an engine that is left alone because others before it had none that answers.
    """
    from search import labels, synonyms
    from search.breaker import breaker

    for module in (labels, synonyms):
        monkeypatch.setattr(module, "KEPT_SECONDS", float("inf"))
    labels.clear()
    synonyms.clear()
    breaker.worked()
