"""The programme editor, documentation and a player after two clicks, in a real browser."""

import re
from urllib.parse import urlsplit

import pytest

from tests.e2e.accessibility import problems_in_both_schemes, violations
from tests.e2e.admin_pages import signed_in
from tests.e2e.site import manage
from tests.e2e.test_public_pages import DESKTOP, PHONE

pytestmark = pytest.mark.e2e

MAKE = """
from conference.models import ConferenceIndexPage, ConferencePage, Occurrence, Participation, Person, SessionDocumentation, SessionPage
from tests.factories.conference import at
from nexsm.base.models import Image, Document
conference = ConferencePage(title="Hafentagung", slug="hafentagung", date_start=at("12:00").date(), timezone="Europe/Berlin")
ConferenceIndexPage.objects.get().add_child(instance=conference)
conference.save_revision().publish()
person, _new = Person.objects.update_or_create(
    name="Ada Beispiel", defaults=dict(
        has_consented=True, biography="Ada forscht über Häfen und das Ankommen.",
        website="https://example.org/", links=["https://social.example.org/@ada"], is_example=True))
session = SessionPage(title="Häfen als Orte des Ankommens", slug="haefen", format="talk", abstract="<p>Worum es geht.</p>", results="<p>Was herauskam.</p>")
session.participations = [
    Participation(person=person, name_as_shown="Ada Beispiel", prefix="Dr.", affiliation_as_shown="Verein am Hafen", role="speaker")]
session.occurrences = [Occurrence(start=at("12:00"), end=at("12:45")), Occurrence(start=at("12:30"), end=at("13:00"))]
session.documentation = [
    SessionDocumentation(kind="recording", title="Mitschnitt", url="https://www.youtube.com/watch?v=dQw4w9WgXcQ", duration_seconds=2885),
    SessionDocumentation(kind="transcript", title="Mitschrift", url="https://example.org/mitschrift"),
    SessionDocumentation(kind="slides", title="Folien", document=Document.objects.first()),
    SessionDocumentation(kind="photo", availability="none"),
]
conference.add_child(instance=session)
session.save_revision().publish()
print(session.get_url())
print(person.get_absolute_url())
print(f"/admin/conference/{conference.pk}/programme/")
"""
PLAYER = "https://www.youtube-nocookie.com/"


@pytest.fixture(scope="module")
def made(site):
    """Addresses of a documented session, its person, and the programme editor."""
    lines = manage("shell", "--verbosity=0", "--command", MAKE, env=site.env).split()
    return dict(zip(("session", "person", "editor"), lines[-3:], strict=True))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_session_and_person_have_no_axe_violations(browser, site, made, viewport):
    context = browser.new_context(viewport=viewport, bypass_csp=True)
    page = context.new_page()
    problems = {}
    for name in ("session", "person"):
        page.goto(site.url + made[name])
        problems[name] = problems_in_both_schemes(page)
    context.close()
    assert problems == {"session": [], "person": []}


def test_nothing_of_another_host_is_loaded_before_the_second_click(browser, site, made):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    hosts, refused = [], []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
    page.on("console", lambda message: refused.append(message.text))
    page.route(
        f"{PLAYER}**",
        lambda route: route.fulfill(body="<title>Player</title>", content_type="text/html"),
    )
    page.goto(site.url + made["session"])
    page.wait_for_load_state("networkidle")
    offer = page.locator("[data-player]")
    assert "www.youtube-nocookie.com" in offer.inner_text()
    assert "Google" in offer.inner_text()
    assert set(hosts) == {urlsplit(site.url).netloc}

    button = offer.locator("button")
    button.focus()
    button.press("Enter")
    frame = page.frame_locator(".player__frame")
    frame.locator("title").wait_for(state="attached")

    assert hosts.count("www.youtube-nocookie.com") == 1
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert page.locator(".player__frame").get_attribute("title") == "Mitschnitt"
    assert context.cookies() == []
    assert [line for line in refused if "Content Security Policy" in line] == []
    context.close()


def test_without_scripts_the_recording_is_a_link(browser, site, made):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + made["session"])
    assert page.locator("[data-player]").is_hidden()
    link = page.locator(".documentation a", has_text="Mitschnitt")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    context.close()


# What the admin leaves of a laptop's screen, of a small window and of a phone.
@pytest.mark.parametrize("width", [1280, 1024, 360])
def test_the_table_of_the_programme_never_scrolls_sideways(browser, site, made, width):
    with signed_in(browser, site, "editor", viewport={"width": width, "height": 800}) as page:
        page.goto(site.url + made["editor"])
        boxes = page.locator(".nexsm-programme")
        assert boxes.count() >= 2
        for box in [page.locator("html"), *boxes.all()]:
            assert box.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
        cut = "nodes => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1).length"
        assert page.locator(".nexsm-programme :is(td, th, label)").evaluate_all(cut) == 0
        row = page.locator("tr", has=page.get_by_text("Häfen als Orte des Ankommens")).first
        for word in ("Beginn", "Ende", "Raum", "Runde", "Position", "Nummer"):
            assert row.get_by_text(word, exact=True).is_visible()


def test_an_editor_moves_a_session_in_the_table(browser, site, made):
    with signed_in(browser, site, "editor", bypass_csp=True) as page:
        page.goto(site.url + made["editor"])
        row = page.locator("tr", has=page.get_by_text("Häfen als Orte des Ankommens")).first
        assert "warnung" in row.inner_text().lower()
        assert row.locator(".nexsm-programme__warning").bounding_box()["height"] < 40
        assert [rule for rule, _nodes in violations(page, "form[data-edit-form]")] == []
        start = row.locator("input[type=datetime-local]").first
        start.fill("2024-06-04T11:00")
        end = row.locator("input[type=datetime-local]").nth(1)
        end.fill("2024-06-04T10:00")
        with page.expect_navigation():
            page.locator("button[name=action-publish]").click()
        row = page.locator("tr", has=page.get_by_text("Häfen als Orte des Ankommens")).first
        assert row.locator(".error-message").count() == 1
        assert row.locator("input[type=datetime-local]").first.input_value() == "2024-06-04T11:00"
        row.locator("input[type=datetime-local]").nth(1).fill("2024-06-04T11:45")
        with page.expect_navigation():
            page.locator("button[name=action-publish]").click()
        assert page.locator(".messages .success").count() == 1
        page.goto(site.url + made["session"])
        assert re.search(r"11:00\s+bis 11:45", page.locator("main").inner_text())
