"""A search engine that is down costs nobody a page."""

import socket

import pytest

from search.breaker import breaker
from tests.matrix import roles
from tests.matrix.tables.api import API
from tests.matrix.tables.public import PUBLIC
from tests.matrix.tables.site import SITE
from tests.matrix.test_access import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_engine(settings):
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{port}/nobody"
    breaker.worked()
    yield
    breaker.worked()


def test_every_page_and_the_api_answer_as_ever(dead_engine, client_of, samples):
    client = client_of(roles.VISITOR)
    wrong = [
        line
        for row in (*PUBLIC, *API, *SITE)
        for line in differences(row, roles.VISITOR, client, samples)
    ]
    assert "\n".join(wrong) == ""


def test_the_search_page_finds_and_says_that_something_is_missing(dead_engine, client_of, samples):
    client = client_of(roles.VISITOR)
    response = client.get("/de/suche/", {"q": "Satzung"})
    body = response.content.decode()
    assert f"/de/material/{samples['resource']}-satzung/" in body
    assert response.context["notice"] in body
    assert "notice--warning" in body
    assert client.get("/readyz").json()["status"] == "degraded"
