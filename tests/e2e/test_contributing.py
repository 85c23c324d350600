"""Somebody new adds a resource on a phone: five pages from signing up to sent."""

import re
from urllib.parse import urlsplit

import pytest

from tests.e2e import contributing
from tests.e2e.contributing import PHONE
from tests.e2e.test_account_pages import problems_of
from tests.knowledge.metadata import samples

pytestmark = pytest.mark.e2e

MOST_PAGES = 5


@pytest.fixture
def phone(browser):
    """Opens a phone; counts the pages it shows."""
    contexts = []

    def opening(**options):
        context = browser.new_context(viewport=PHONE, locale="de-DE", **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.seen = []
        page.on(
            "framenavigated",
            lambda frame: page.seen.append(urlsplit(frame.url).path),
        )
        return page

    yield opening
    for context in contexts:
        context.close()


def pages_of_adding(page):
    """The pages since signing up, each once, without the one that says thank you."""
    shown = [path for path in dict.fromkeys(page.seen) if "/mitmachen/material/" in path]
    return [re.sub(r"[0-9a-f-]{36}", "…", path) for path in shown]


def test_without_javascript(phone, site):
    page = phone(java_script_enabled=False)
    contributing.sign_up(page, site, "ohne-skript@example.org")
    contributing.begin(page)
    contributing.describe(
        page, title="Ankommen in Dörfern", summary="Für Vereine.", type="guide", language="de"
    )
    contributing.name_makers(page, persons="Amina Haddad")
    contributing.choose_topics(page)
    contributing.send(page)

    assert len(pages_of_adding(page)) <= MOST_PAGES
    page.goto(site.url + "/de/mitmachen/")
    assert "Ankommen in Dörfern" in page.locator("main").inner_text()
    assert "wird geprüft" in page.locator("main").inner_text()


def test_with_javascript_every_page_is_accessible_and_saves_itself(phone, site):
    page = phone(bypass_csp=True)
    problems = {}

    def look():
        problems[urlsplit(page.url).path] = problems_of(page)

    page.goto(site.url + "/de/mitmachen/")
    look()
    contributing.sign_up(page, site, "mit-skript@example.org")
    look()
    pdf = samples.pdf(title="Feste feiern ohne Ärger", author="Deniz Ak", language="de")
    contributing.begin(page, file=("fest.pdf", pdf))
    assert page.locator("[name=title]").input_value() == "Feste feiern ohne Ärger"
    look()
    page.locator("[name=summary]").fill("Anmelden, versichern, aufräumen.")
    page.locator("[data-saved]", has_text=re.compile(r"\d\d:\d\d")).wait_for()
    page.reload()
    assert page.locator("[name=summary]").input_value() == "Anmelden, versichern, aufräumen."
    contributing.describe(page, title="")
    problems["an error"] = problems_of(page)
    contributing.describe(page, title="Feste feiern ohne Ärger", type="guide")
    look()
    contributing.name_makers(page)
    look()
    contributing.choose_topics(page)
    look()
    contributing.send(page)
    look()
    page.goto(site.url + "/de/mitmachen/")
    problems["own things"] = problems_of(page)

    assert len(pages_of_adding(page)) <= MOST_PAGES
    assert {path: found for path, found in problems.items() if found} == {}
