"""Elasticsearch is gone, or hangs, while people edit and search; then it comes back."""

import pytest

from knowledge.models import Resource
from knowledge.services.publication import publish, withdraw
from search.breaker import FAILURES, breaker
from search.health import health
from search.models import IndexJob
from search.worker import IDLE_SECONDS, LONGEST_PAUSE
from tests.factories.knowledge import ResourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.es]

EDITS = 12
PAGES = (
    "/de/",
    "/de/suche/?q=Satzung",
    "/en/suche/?q=Satzung&type=guide",
    "/api/v1/search?q=Satzung",
    "/api/v1/suggest?q=satz",
    "/api/v1/resources",
    "/healthz",
    "/readyz",
)


@pytest.fixture
def resources(gate, index):
    """What was found before the outage."""
    resources = [ResourceFactory(title=f"Satzung {number}", live=False) for number in range(4)]
    for resource in resources:
        publish(item=resource)
    index()
    return resources


def edit(number, resources):
    """One edit of the kinds that reach the index."""
    if number % 4 == 0:
        publish(item=ResourceFactory(title=f"Beitrag {number}", live=False))
    elif number % 4 == 1:
        resource = Resource.objects.get(pk=resources[0].pk)
        resource.title = f"Fassung {number}"
        publish(item=resource)
    elif number == 2:
        withdraw(item=Resource.objects.get(pk=resources[1].pk), reason="veraltet")
    elif number == 3:
        Resource.objects.get(pk=resources[2].pk).delete()


EXPECTED = ["Beitrag 0", "Beitrag 4", "Beitrag 8", "Fassung 9", "Satzung 3"]


@pytest.mark.parametrize("how", ["shut", "stick"])
def test_no_edit_and_no_page_fails_and_everything_is_found_afterwards(outage, how, resources, site):
    outage.begin(how)

    for number in range(EDITS):
        edit(number, resources)
        statuses = {page: site.get(page).status_code for page in PAGES}
        statuses["item"] = site.get(resources[3].get_absolute_url()).status_code
        assert set(statuses.values()) == {200}, statuses
        assert IDLE_SECONDS < site.work() <= LONGEST_PAUSE

    waiting = IndexJob.objects.filter(attempts=0, is_parked=False)
    assert waiting.exists()
    assert waiting.count() == IndexJob.objects.count()  # an outage is not the fault of a job
    page = site.get("/de/suche/", {"q": "Beitrag"})
    assert page.context["notice"] in page.content.decode()
    assert page.context["total"] == 3  # the database has found them
    assert site.get("/readyz").json()["status"] == "degraded"

    outage.end()
    site.let_the_pause_pass()
    assert site.work() == IDLE_SECONDS

    assert sorted(site.titles()) == EXPECTED
    assert not site.search("Beitrag").degraded
    assert health()["ok"]
    site.assert_equal()


def test_few_visitors_wait_for_an_engine_that_hangs(gate, outage, resources, site):
    outage.begin("stick")

    for _visitor in range(FAILURES + 3):
        assert site.search("Satzung").degraded
    assert gate.asked == FAILURES
    assert site.get("/api/v1/suggest", {"q": "satz"}).json()["suggestions"] == []
    assert health()["ok"] is False
    assert gate.asked == FAILURES  # suggestions and health leave it alone as well

    site.let_the_pause_pass()
    assert site.search("Satzung").degraded
    assert site.search("Satzung").degraded
    assert gate.asked == FAILURES + 1  # one has tried for all


@pytest.mark.parametrize("kind", ["search", "suggestion", "similar"])
def test_whoever_asks_first_after_the_pause_ends_the_outage_for_all(outage, resources, site, kind):
    outage.begin("shut")
    for _visitor in range(FAILURES):
        site.search("Satzung")
    assert breaker.is_open

    outage.end()
    site.let_the_pause_pass()
    address = {
        "search": "/de/suche/?q=Satzung",
        "suggestion": "/api/v1/suggest?q=satz",
        "similar": resources[3].get_absolute_url(),
    }[kind]
    site.get(address)

    assert not breaker.is_open
    assert not site.search("Satzung").degraded
