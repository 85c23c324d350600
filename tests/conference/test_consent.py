"""Somebody who did not agree to be shown, against everything the site says to strangers.

Her printed name stands in the programme and in all exports of it. Nothing else of her record may.
"""

import pytest
from django.core.cache import cache

from conference.models import Contact, Occurrence, Participation, Round
from search import indexer
from search.outbox import enqueue
from search.sources import all_groups
from tests.factories.base import ImageFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    SessionPageFactory,
    at,
    publish,
)
from tests.factories.knowledge import OrganisationFactory
from tests.matrix import page_table
from tests.matrix.patterns import routes
from tests.matrix.test_page_routes import samples

pytestmark = pytest.mark.django_db
PRINTED = "Eva Nowak"
SECRETS = {
    "name": "Evangelina xyqzname",
    "biography": "Wohnt in xyqzbiografie.",
    "consent_note": "xyqznotiz",
    "website": "https://xyqzwebsite.example.org/",
    "links": ["https://xyqzlink.example.org/"],
    "other_names": ["Evchen xyqzspitzname"],
}
QUESTIONS = ("xyqz", "Evchen", "Evangelina", PRINTED.replace(" ", "+"))


@pytest.fixture(params=[False, True], ids=["silent", "agreed"])
def person(request):
    """The same person without and, to see that the test would notice, with consent."""
    return PersonFactory(
        **SECRETS,
        has_consented=request.param,
        photo=ImageFactory(title="xyqzfoto", description="xyqzalternativtext"),
        organisation=OrganisationFactory(name="Hafenverein"),
    )


@pytest.fixture
def pages(person):
    """A public conference in which she speaks and can be asked."""
    round_ = Round(uid=samples("public")["round"], label="I", start=at("10:00"))
    conference = publish(
        ConferencePageFactory(
            slug="public",
            rounds=[round_],
            contacts=[Contact(person=person, name_as_shown=PRINTED, email="xyqzmail@example.org")],
        )
    )
    session = publish(
        SessionPageFactory(
            parent=conference,
            slug="auftakt",
            participations=[Participation(person=person, name_as_shown=PRINTED)],
            occurrences=[
                Occurrence(uid=samples("public")["entry"], round_uid=round_.uid, start=at("10:00"))
            ],
        )
    )
    return {"conference": conference, "session": session}


def addresses(person, pages):
    """Every public address at which she could appear."""
    yield from ("/de/", "/de/konferenzen/", "/sitemap.xml", "/sitemap-personen.xml")
    yield from (person.get_absolute_url(), f"/de/personen/{person.public_id}/")
    yield person.organisation.get_absolute_url()
    for name, rows in page_table.ROWS.items():
        for row in rows:
            yield pages[name].get_url() + row.url.format(**samples("public"))
    for route in routes():
        plain = route.replace("<lang>", "de")
        if plain.startswith("api/v1/") and "<" not in plain:
            yield f"/{plain}"
    yield f"/api/v1/conferences/{pages['conference'].public_id}"
    for words in QUESTIONS:
        for outlet in ("de/suche/", "de/suche/vorschlaege/", "api/v1/search", "api/v1/suggest"):
            yield f"/{outlet}?q={words}"


def content_of(response):
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


@pytest.mark.parametrize("engine", ["tantivy", "down"])
def test_only_the_printed_name_leaves_the_site(client, person, pages, settings, engine):
    cache.clear()
    settings.SEARCH_URL = f"tantivy:///consent-{person.public_id}"
    enqueue(all_groups())
    indexer.bring_up_to_date()
    if engine == "down":
        settings.SEARCH_URL = "elasticsearch://127.0.0.1:1/nobody"

    betraying, named = [], []
    for address in dict.fromkeys(addresses(person, pages)):
        answer = client.get(address)
        assert answer.status_code in {200, 301, 400, 404, 503}, address
        said = content_of(answer).decode(errors="replace")
        # What was asked for may be repeated, also as a link to the same page in another language.
        for language in ("de", "en"):
            said = said.replace(address.replace("/de/", f"/{language}/", 1), "")
        for words in QUESTIONS:
            said = said.replace(f"q={words}", "").replace(f'value="{words}"', "")
        if "xyqz" in said.replace("xyqz</", "</").lower().replace("„xyqz", "").replace("»xyqz", ""):
            betraying.append(address)
        if str(person.public_id) in said or person.get_absolute_url() in said:
            betraying.append(f"{address} (link)")
        if PRINTED in said:
            named.append(address)

    assert bool(betraying) == person.has_consented, betraying
    assert {pages["session"].get_url(), pages["conference"].get_url()} <= set(named)
