"""Pages about what waits for somebody, on a phone and on a desktop: accessible, nothing wider than the window."""

import json

import pytest

from tests.e2e.accessibility import WIDER, problems_of
from tests.e2e.admin_pages import DESKTOP, signed_in
from tests.e2e.contributing import PHONE, press
from tests.e2e.site import manage
from tests.e2e.test_import_pages import ROWS, table

pytestmark = pytest.mark.e2e

# axe is put into the page, which our policy forbids.
ON_A_PHONE = {"viewport": PHONE, "color_scheme": "light", "bypass_csp": True}
AT_A_DESK = {"viewport": DESKTOP, "color_scheme": "dark", "bypass_csp": True}
AREA = "/de/mitmachen"
MAKE = "from tests.e2e import waiting; waiting.make()"


@pytest.fixture(scope="module")
def made(site):
    """Numbers of what `waiting.make` has made."""
    printed = manage("shell", "--verbosity=0", "--command", MAKE, env=site.env)
    return json.loads(printed.partition("MADE ")[2])


@pytest.fixture
def problems():
    """Page → what is wrong with it; nothing at the end."""
    found = {}
    yield found
    assert {page: what for page, what in found.items() if what} == {}


def look(page, problems, name):
    """All rules where the page opened: a light phone, or a dark desktop. The width on the other one, too."""
    problems[name] = problems_of(page)
    opened = page.viewport_size
    page.set_viewport_size(DESKTOP if opened == PHONE else PHONE)
    problems[f"{name}, other width"] = max(page.evaluate(WIDER), 0)
    page.set_viewport_size(opened)


def look_at_all(page, site, problems, addresses):
    for address in addresses:
        assert page.goto(site.url + address).status == 200, address
        look(page, problems, address)


def test_pages_of_members(browser, site, made, problems):
    with signed_in(browser, site, "member", **ON_A_PHONE) as page:
        sessions = f"{AREA}/programmpunkte/"
        look_at_all(page, site, problems, [sessions])
        page.goto(f"{site.url}{sessions}{made['session']}/unterlagen/")
        press(page)
        look(page, problems, "errors of the documentation")
    organisation = f"{AREA}/organisationen/{made['organisation']}"
    with signed_in(browser, site, "owner", **ON_A_PHONE) as page:
        page.goto(f"{site.url}{organisation}/profil/sprachen/tr/")
        press(page)
        look(page, problems, "errors of the text in another language")
        draft = f"{AREA}/material/{made['draft']}"
        look_at_all(page, site, problems, [f"{draft}/dasselbe/{made['same']}/"])


def test_lists_and_decisions_of_editors(browser, site, made, problems):
    addresses = [
        "/admin/",
        "/admin/people/",
        f"/admin/people/claims/{made['claim']}/",
        "/admin/reported/",
        f"/admin/reported/{made['report']}/",
        "/admin/suggestions/",
        "/admin/documentation/",
        "/admin/mails/",
    ]
    with signed_in(browser, site, "editor", **AT_A_DESK) as page:
        look_at_all(page, site, problems, addresses)


def test_an_import_in_the_admin(browser, site, problems):
    with signed_in(browser, site, "editor", **AT_A_DESK) as page:
        page.goto(f"{site.url}/admin/import/")
        look(page, problems, "start")
        for wrong in ([["x", "", "?", "zz", "", "bald", ""]], []):
            page.goto(f"{site.url}/admin/import/")
            file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": table([*ROWS, *wrong])}
            page.locator("input[type=file]").set_input_files(file)
            press(page, "form[enctype] button[type=submit]")
            if wrong:
                look(page, problems, "columns")
            press(page, "button[value=columns]")
            look(page, problems, "problems" if wrong else "preview")
        press(page, "button[value=import]")
        look(page, problems, "result")
        assert page.locator(".notice--success").count() == 1
