"""From a volunteer's phone to the search: sent, sent back with a note, changed, published, found.

Once without JavaScript, and once with it: then a file fills in the form, drafts keep themselves, and every
page is looked at by axe.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import pytest

from tests.e2e import contributing
from tests.e2e.accessibility import problems_of
from tests.e2e.admin_pages import DESKTOP, signed_in
from tests.e2e.contributing import PHONE, press
from tests.e2e.patience import wait_for
from tests.e2e.test_editor_journey import SEARCHABLE_WITHIN, hits_for
from tests.knowledge.metadata import samples

pytestmark = pytest.mark.e2e

# The worker looks every few seconds for mails; a busy machine takes longer.
MAILED_WITHIN = 60
REVIEWER = "reviewer@example.org"
# Since signing up, without the page that says thank you.
MOST_PAGES = 5


@dataclass
class Journey:
    """Who goes, with what, and what was wrong with the pages on the way."""

    member: str
    first_title: str
    title: str
    has_javascript: bool
    problems: dict = field(default_factory=dict)
    pages: list = field(default_factory=list)

    def look(self, page, name=""):
        """Axe, and whether the page is wider than the window; without JavaScript axe cannot run."""
        if self.has_javascript and (found := problems_of(page)):
            self.problems[name or urlsplit(page.url).path] = found

    def look_at_both_widths(self, page, name):
        """On a phone and on a desktop."""
        for width in (PHONE, DESKTOP) if self.has_javascript else ():
            page.set_viewport_size(width)
            self.look(page, f"{name} {width['width']}")

    def pages_of_adding(self):
        """The pages since signing up, each once."""
        shown = [path for path in dict.fromkeys(self.pages) if "/mitmachen/material/" in path]
        return [re.sub(r"[0-9a-f-]{36}", "…", path) for path in shown]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def journey(request, site):
    site.let_mails_be_old()
    if request.param:
        title = "Feste feiern ohne Ärger"
        return Journey("farid@example.org", f"{title}: ein viel zu langer Titel", title, True)
    title = "Nachbarschaft leicht gemacht"
    return Journey("frieda@example.org", f"{title}: ein viel zu langer Titel", title, False)


@pytest.fixture
def phone(browser, journey):
    """A member's phone."""
    context = browser.new_context(
        viewport=PHONE,
        locale="de-DE",
        java_script_enabled=journey.has_javascript,
        bypass_csp=journey.has_javascript,
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("framenavigated", lambda frame: journey.pages.append(urlsplit(frame.url).path))
    yield page
    context.close()


def open_in_queue(page, site, title):
    page.goto(f"{site.url}/admin/review/")
    page.locator("main table a", has_text=title).click()
    page.wait_for_url(re.compile(r"/admin/review/\d+/$"))


def mails(site, journey):
    """Subjects about this entry and their receivers. The answers of the queue are awaited."""
    return [
        subject
        for address in (REVIEWER, journey.member)
        for subject in site.mails_to(address)
        if journey.title in subject
    ]


def thread_address(page, site):
    page.goto(f"{site.url}/de/mitmachen/material/")
    return page.locator("main a[href*='/einreichungen/']").first.get_attribute("href")


def begin(phone, journey):
    """The first two pages: typed by hand, or from a file, kept while they are typed, with an error."""
    typed = {"title": journey.first_title, "summary": "Wie es gelingt.", "type": "guide"}
    if not journey.has_javascript:
        contributing.begin(phone)
        contributing.describe(phone, **typed, language="de")
        return
    pdf = samples.pdf(title=journey.title, author="Deniz Ak", language="de")
    contributing.begin(phone, file=("fest.pdf", pdf))
    assert phone.locator("[name=title]").input_value() == journey.title
    journey.look(phone)
    phone.locator("[name=summary]").fill(typed["summary"])
    phone.locator("[data-saved]", has_text=re.compile(r"\d\d:\d\d")).wait_for()
    phone.reload()
    assert phone.locator("[name=summary]").input_value() == typed["summary"]
    contributing.describe(phone, title="")
    journey.look(phone, "an error")
    contributing.describe(phone, **typed)


def send_from(phone, site, journey):
    """Signing up and adding, as a new member does."""
    phone.goto(site.url + "/de/mitmachen/")
    journey.look(phone)
    contributing.sign_up(phone, site, journey.member)
    journey.look(phone)
    begin(phone, journey)
    journey.look(phone)
    contributing.name_makers(phone, persons="Amina Haddad")
    journey.look(phone)
    contributing.choose_topics(phone)
    journey.look(phone)
    contributing.send(phone)
    journey.look(phone, "sent")
    assert len(journey.pages_of_adding()) <= MOST_PAGES
    phone.goto(site.url + "/de/mitmachen/")
    journey.look(phone, "own things")
    assert journey.first_title in phone.locator("main").inner_text()
    assert "wird geprüft" in phone.locator("main").inner_text()


def ask_for_changes(browser, site, journey):
    """An editor finds it in the queue and sends it back with a note. Returns its address."""
    with signed_in(browser, site, "reviewer", bypass_csp=True) as page:
        page.goto(f"{site.url}/admin/")
        assert page.locator(".nexsm-lists a[href='/admin/review/?state=waiting']").count() == 1
        open_in_queue(page, site, journey.title)
        item = urlsplit(page.url).path
        journey.look_at_both_widths(page, "item")
        page.goto(f"{site.url}/admin/review/")
        journey.look_at_both_widths(page, "queue")
        page.goto(site.url + item)
        page.locator(".nexsm-field", has_text="viel zu langer").locator("summary").click()
        page.locator("[name=note-title]").fill("Bitte kürzer.")
        page.locator("[name=message]").fill("Schön! Nur eine Kleinigkeit.")
        press(page, "button[value=changes]")
        assert urlsplit(page.url).path == "/admin/review/"
        return item


def change_and_send_again(phone, site, journey, thread):
    """The note leads to its field; what is sent again is the same entry."""
    phone.goto(site.url + thread)
    shown = phone.locator("main").inner_text()
    assert "Bitte ändern Sie etwas" in shown
    assert "Bitte kürzer." in shown
    press(phone, "main a[href*='feld=title']")
    press(phone)  # begin to change it
    phone.wait_for_url("**/inhalt/")
    contributing.describe(phone, title=journey.title)
    contributing.send(phone)
    assert phone.goto(site.url + thread).status == 200
    assert "Es wird geprüft" in phone.locator("main").inner_text()


def publish(browser, site, journey, item):
    with signed_in(browser, site, "reviewer") as page:
        page.goto(site.url + item)
        assert journey.title in page.locator("main").inner_text()
        press(page, "button[value=publish]")


def assert_found(browser, site, journey):
    wait_for(lambda: hits_for(site, journey.title), SEARCHABLE_WITHIN, "not found")
    visitor = browser.new_page()
    visitor.goto(f"{site.url}/de/suche/?q={quote(journey.title)}")
    assert visitor.locator("main a", has_text=journey.title).count() == 1
    visitor.close()


def assert_mailed_once(site, journey):
    """Each step told those whom it concerns, nobody twice."""
    explain = site.report_on_mails
    wait_for(lambda: len(mails(site, journey)) >= 4, MAILED_WITHIN, "not mailed", explain)
    wait_for(lambda: not site.mails_under_way(), MAILED_WITHIN, "still under way", explain)
    assert Counter(mails(site, journey)) == Counter(
        [
            f"NexSM: „{journey.first_title}“ wartet auf Prüfung",
            f"NexSM: geänderte Fassung von „{journey.title}“ wartet auf Prüfung",
            f"NexSM: Bitte ändern Sie etwas an „{journey.first_title}“",
            f"NexSM: „{journey.title}“ ist veröffentlicht",
        ]
    )


def look_at_thread(phone, site, journey, thread):
    """The history says who and when."""
    phone.goto(site.url + thread)
    history = phone.locator(".thread").inner_text()
    assert history.count("Reza Beispiel") == 3  # asked, noted, published
    assert phone.locator(".thread time").count() == 5
    journey.look_at_both_widths(phone, "thread")


def test_sent_changed_published_found(browser, phone, site, journey):
    send_from(phone, site, journey)
    thread = thread_address(phone, site)
    phone.goto(site.url + thread)
    assert "Es wird geprüft" in phone.locator("main").inner_text()

    item = ask_for_changes(browser, site, journey)
    change_and_send_again(phone, site, journey, thread)
    publish(browser, site, journey, item)

    assert_found(browser, site, journey)
    assert_mailed_once(site, journey)
    look_at_thread(phone, site, journey, thread)
    assert journey.problems == {}
