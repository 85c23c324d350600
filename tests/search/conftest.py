"""An index of its own for every test that asks for one."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from search import indexer
from search.asking import SearchRequest
from search.breaker import breaker
from search.files import texts
from search.models import IndexJob
from search.outbox import enqueue
from search.service import run
from search.sources import all_groups
from tests.factories.knowledge import ResourceFactory


@pytest.fixture(autouse=True)
def fresh_breaker():
    breaker.worked()
    yield
    breaker.worked()


@pytest.fixture
def index(db, settings):
    """The embedded engine in a folder of its own. Call it to bring it up to date."""
    settings.SEARCH_URL = f"tantivy:///index-{uuid.uuid4().hex}"

    def update(*, everything=False):
        if everything:
            enqueue(all_groups())
        return indexer.bring_up_to_date()

    IndexJob.objects.all().delete()
    return update


@pytest.fixture
def search():
    """Search as an anonymous visitor; returns the page of results."""

    def searching(text="", viewer=None, **options):
        return run(SearchRequest(text=text, **options), viewer or AnonymousUser())

    return searching


@pytest.fixture
def titles(search):
    """The titles found, best first."""

    def finding(text="", **options):
        return [hit.item.title for hit in search(text, **options).hits]

    return finding


@pytest.fixture
def unreadable(db, monkeypatch):
    """An item that cannot be analysed, whatever is tried."""
    real = texts.prepare

    def prepare(document, contents):
        if document.title == "Schlecht":
            raise ValueError("cannot be read")
        return real(document, contents)

    monkeypatch.setattr(texts, "prepare", prepare)
    return ResourceFactory(title="Schlecht")
