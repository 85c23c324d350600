"""Public pages as visitors meet them: accessible, without cookies, without third parties."""

from urllib.parse import urlsplit

import pytest

from tests.e2e.accessibility import problems_in_both_schemes, violations
from tests.e2e.admin_pages import signed_in
from tests.e2e.contributing import press
from tests.e2e.site import manage

pytestmark = pytest.mark.e2e

PAGES = [
    "/de/",
    "/en/",
    "/de/material/",
    "/de/material/?type=guide&language=de",
    "{resource}",
    "/de/organisationen/",
    "{organisation}",
    "/de/themen/",
    "/de/themen/ai/",
    "/de/konferenzen/",
    "/de/konferenzen/nexsm24/",
    "/en/konferenzen/nexsm24/",
    "/de/konferenzen/nexsm24/aenderungen/",
    "/de/konferenzen/nexsm24/einbetten/",
    "{session}",
    "/de/suche/?q=Migrant*innen",
    "/de/suche/?q=xyzxyzxyz",
    "/de/ueber-nexsm/",
    "/de/impressum/",
    "/de/datenschutz/",
    "/de/barrierefreiheit/",
    "/de/konto/login/",
    "/de/konto/signup/",
    "/de/gibt-es-nicht/",
    "{gone}",
    "{report}",
    "{suggestion}",
    "{status}",
    "{freshness}",
    "/api/v1/docs",
]
# They hold forms with a token against forgery.
FORMS = ("{report}", "{suggestion}", "{status}", "{freshness}")
# The style page shows every component in all its states, also those no example needs.
SIGNED_IN_PAGES = [
    "/de/mitmachen/links/",
    "/de/mitmachen/vorschlaege/",
    "/de/stil/",
    "/de/konto/",
    "/de/konto/email/",
    "/de/konto/password/change/",
    "/de/konto/2fa/",
    "/de/konto/sessions/",
    "/de/konto/logout/",
]
WITHDRAW = """
from knowledge.models import Language, Resource, ResourceType
from knowledge.services.publication import publish, withdraw
german, guide = Language.objects.get(code="de"), ResourceType.objects.get(code="guide")
resource = Resource(title="Veraltet", language=german, type=guide)
resource.save()
publish(item=resource)
withdraw(item=resource, reason="Es gilt ein neues Gesetz.")
print(f"/de/material/{resource.pk}-veraltet/")
"""
UPKEEP = """
from urllib.parse import urlsplit
from django.utils import timezone
from knowledge.models import ContentReport, Freshness, FreshnessDigest, Resource
from knowledge.services import freshness, reports
from nexsm.accounts.models import User
resource = Resource.objects.filter(live=True).order_by("pk")[0]
report = ContentReport.objects.create(
    kind="resource", key=resource.public_id, title=resource.title, path="/de/", reason="spam",
    text="x", decision="keep", explanation="Das ist keine Werbung.",
    decided_at=timezone.now(),
)
user = User.objects.order_by("pk")[0]
Resource.objects.filter(pk=resource.pk).update(created_by=user)
digest = FreshnessDigest.objects.create(user=user)
digest.questions.create(freshness=Freshness.objects.create(item=resource))
print(f"/de/melden/resource/{resource.public_id}/")
print(f"/de/aendern/resource/{resource.public_id}/")
print(urlsplit(reports.link_of(report, language="de")).path)
print(urlsplit(freshness.link_of(digest, "de")).path)
"""
PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1280, "height": 900}
FIRST_VISIT_BYTES = 60 * 1024
FIRST_VISIT_REQUESTS = 8


@pytest.fixture(scope="session")
def paths(site):
    return find_paths(site)


def find_paths(site):
    """Addresses of one item of each kind."""

    def first(kind):
        return urlsplit(site.api(f"search?kind={kind}&page_size=1&lang=de")["hits"][0]["url"]).path

    items = {kind: first(kind) for kind in ("resource", "organisation", "session")}
    return {**items, "gone": withdrawn_path(site), **upkeep_paths(site)}


def upkeep_paths(site):
    """Forms about a resource, a page about a report, and one with questions to its owner."""
    found = manage("shell", "--verbosity=0", "--command", UPKEEP, env=site.env).split()[-4:]
    return dict(zip(("report", "suggestion", "status", "freshness"), found, strict=True))


def withdrawn_path(site):
    """The address of a resource that was online and is not any more."""
    return manage("shell", "--verbosity=0", "--command", WITHDRAW, env=site.env).split()[-1]


def address(site, paths, page):
    return site.url + page.format(**paths)


def look_at(page, addresses):
    """What is wrong with these pages, by address."""
    problems = {}
    for name in addresses:
        page.goto(name)
        if found := problems_in_both_schemes(page):
            problems[name] = found
    return problems


def test_axe_finds_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    assert {"image-alt", "label", "html-has-lang"} <= {rule for rule, _nodes in violations(page)}
    page.close()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_have_no_axe_violations_and_do_not_scroll_sideways(browser, site, paths, viewport):
    context = browser.new_context(viewport=viewport, bypass_csp=True)
    problems = look_at(context.new_page(), [address(site, paths, name) for name in PAGES])
    context.close()
    assert problems == {}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_of_signed_in_people_have_no_axe_violations(browser, site, viewport):
    with signed_in(browser, site, "superuser", viewport=viewport, bypass_csp=True) as page:
        assert look_at(page, [site.url + name for name in SIGNED_IN_PAGES]) == {}


def test_visitors_get_no_cookie_and_ask_nobody_else(browser, site, paths):
    context = browser.new_context()
    hosts = set()
    console = []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    context.on("console", lambda message: console.append(message.text))
    pages = []
    for name in PAGES:
        # A form with a token against forgery needs a cookie, and says so.
        if "konto" not in name and name not in FORMS:
            pages.append(context.new_page())
            pages[-1].goto(address(site, paths, name))
    for page in pages:  # each has had its half second without a request soon
        page.wait_for_load_state("networkidle")
    cookies = context.cookies()
    context.close()
    assert cookies == []
    assert hosts == {urlsplit(site.url).netloc}
    assert [line for line in console if "Content Security Policy" in line] == []


def test_pages_say_the_same_without_javascript(browser, site, paths):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site.url + "/de/")
    page.get_by_role("searchbox").first.fill("Ehrenamt")
    with page.expect_navigation():
        page.get_by_role("searchbox").first.press("Enter")
    assert "/de/suche/?" in page.url
    assert page.locator("mark").count() > 0
    for name in PAGES:
        page.goto(address(site, paths, name))
        assert page.locator("h1").count() == 1, name
    context.close()


def test_filters_work_as_plain_forms_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site.url + "/de/material/")
    page.locator(".filters > summary").click()
    page.locator("input[name=type][value=guide]").check()
    press(page, ".filters form button[type=submit]")
    assert "type=guide" in page.url
    assert "Leitfaden" in page.locator(".chips a").first.inner_text()
    press(page, ".chips a:has-text('Leitfaden')")
    assert "type=guide" not in page.url
    context.close()


def test_first_visit_of_the_search_page_is_light(browser, site):
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(site.url + "/de/suche/?q=Migrant*innen")
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(sizes) <= FIRST_VISIT_REQUESTS
    assert sum(sizes) <= FIRST_VISIT_BYTES


def test_right_to_left_content_is_marked(browser, site):
    hits = site.api("search?kind=resource&language=ar&page_size=1&lang=de")["hits"]
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(site.url + urlsplit(hits[0]["url"]).path)
    heading = page.locator("h1")
    direction = heading.evaluate("node => getComputedStyle(node).direction")
    language = heading.evaluate("node => node.closest('[lang]').lang")
    context.close()
    assert direction == "rtl"
    assert language == "ar"
