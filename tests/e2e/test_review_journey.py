"""From a volunteer's phone to the search: sent, sent back with a note, changed, published, found."""

import re
import time
from urllib.parse import quote, urlsplit

import pytest

from tests.e2e import contributing
from tests.e2e.accessibility import problems_of
from tests.e2e.admin_pages import DESKTOP, signed_in
from tests.e2e.contributing import PASSWORD, PHONE, press
from tests.e2e.test_editor_journey import SEARCHABLE_WITHIN, hits_for, wait_for

pytestmark = pytest.mark.e2e

# The worker looks every few seconds for mails; a busy machine takes longer.
MAILED_WITHIN = 60
MEMBER = "frieda@example.org"
REVIEWER = "reviewer@example.org"


@pytest.fixture
def phone(browser):
    """A member's phone without JavaScript."""
    context = browser.new_context(viewport=PHONE, locale="de-DE", java_script_enabled=False)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def look(page, problems, name):
    """Axe on a phone and on a desktop; the page must not be wider than the window."""
    for width in (PHONE, DESKTOP):
        page.set_viewport_size(width)
        if found := problems_of(page):
            problems[f"{name} {width['width']}"] = found


def open_in_queue(page, site, title):
    page.goto(f"{site.url}/admin/review/")
    page.locator("main table a", has_text=title).click()
    page.wait_for_url(re.compile(r"/admin/review/\d+/$"))


def mails(site):
    """Subjects about this entry and their receivers. The answers of the queue are awaited."""
    return [
        subject
        for address in (REVIEWER, MEMBER)
        for subject in site.mails_to(address)
        if "Nachbar" in subject
    ]


def thread_address(page, site, title):
    page.goto(f"{site.url}/de/mitmachen/material/")
    return page.locator("main a[href*='/einreichungen/']").first.get_attribute("href")


def send_from(phone, site):
    """Signing up and adding, as a new member does."""
    contributing.sign_up(phone, site, MEMBER)
    contributing.begin(phone)
    contributing.describe(
        phone,
        title="Nachbarschaft: ein viel zu langer Titel",
        summary="Wie Nachbarschaft gelingt.",
        type="guide",
        language="de",
    )
    contributing.name_makers(phone)
    contributing.choose_topics(phone)
    contributing.send(phone)


def assert_mailed_once(site):
    """Each step told those whom it concerns, nobody twice."""
    wait_for(lambda: len(mails(site)) >= 4, MAILED_WITHIN, f"mailed: {mails(site)}")
    time.sleep(7)  # whatever would come twice comes now: the worker looks every three seconds
    assert mails(site) == [
        "NexSM: „Nachbarschaft: ein viel zu langer Titel“ wartet auf Prüfung",
        "NexSM: geänderte Fassung von „Nachbarschaft leicht gemacht“ wartet auf Prüfung",
        "NexSM: Bitte ändern Sie etwas an „Nachbarschaft: ein viel zu langer Titel“",
        "NexSM: „Nachbarschaft leicht gemacht“ ist veröffentlicht",
    ]


def test_sent_changed_published_found(browser, phone, site):
    problems = {}
    send_from(phone, site)
    thread = thread_address(phone, site, "Nachbarschaft")
    phone.goto(site.url + thread)
    assert "Es wird geprüft" in phone.locator("main").inner_text()

    with signed_in(browser, site, "reviewer", bypass_csp=True) as page:
        page.goto(f"{site.url}/admin/")
        assert page.locator("#waiting-submissions").count() == 1
        open_in_queue(page, site, "Nachbarschaft")
        item = urlsplit(page.url).path
        look(page, problems, "item")
        page.goto(f"{site.url}/admin/review/")
        look(page, problems, "queue")
        page.goto(site.url + item)
        page.locator(".nexsm-field", has_text="viel zu langer").locator("summary").click()
        page.locator("[name=note-title]").fill("Bitte kürzer.")
        page.locator("[name=message]").fill("Schön! Nur eine Kleinigkeit.")
        press(page, "button[value=changes]")
        assert urlsplit(page.url).path == "/admin/review/"

    phone.goto(site.url + thread)
    shown = phone.locator("main").inner_text()
    assert "Bitte ändern Sie etwas" in shown
    assert "Bitte kürzer." in shown
    press(phone, "main a[href*='feld=title']")
    press(phone)  # begin to change it
    phone.wait_for_url("**/inhalt/")
    contributing.describe(phone, title="Nachbarschaft leicht gemacht")
    contributing.send(phone)
    assert phone.goto(site.url + thread).status == 200
    assert "Es wird geprüft" in phone.locator("main").inner_text()

    with signed_in(browser, site, "reviewer") as page:
        page.goto(site.url + item)
        assert "Nachbarschaft leicht gemacht" in page.locator("main").inner_text()
        press(page, "button[value=publish]")

    wait_for(lambda: hits_for(site, "Nachbarschaft leicht gemacht"), SEARCHABLE_WITHIN, "not found")
    visitor = browser.new_page()
    visitor.goto(f"{site.url}/de/suche/?q={quote('Nachbarschaft leicht gemacht')}")
    assert visitor.locator("main a", has_text="Nachbarschaft leicht gemacht").count() == 1
    visitor.close()

    assert_mailed_once(site)
    look_at_thread(browser, site, thread, problems)
    assert problems == {}


def look_at_thread(browser, site, thread, problems):
    """The history says who and when; the page is fit for phones and for people who hear it."""
    context = browser.new_context(locale="de-DE", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site.url}/de/konto/login/?next={thread}")
    page.locator("input[name=login]").fill(MEMBER)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")
    page.goto(site.url + thread)
    history = page.locator(".thread").inner_text()
    assert history.count("Reza Beispiel") == 3  # asked, noted, published
    assert page.locator(".thread time").count() == 5
    look(page, problems, "thread")
    context.close()
