"""Organisations in the members' area, in a real browser: an invitation from mail to member, and every page."""

import re
import time

import pytest

from tests.e2e.admin_pages import signed_in
from tests.e2e.contributing import KEY, PASSWORD, PHONE, press
from tests.e2e.site import manage
from tests.e2e.test_account_pages import DESKTOP, problems_of

pytestmark = pytest.mark.e2e

AREA = "/de/mitmachen/organisationen/"
PAGES = ["", "profil/", "verlauf/", "verlassen/"]


def shell(site, code):
    return manage("shell", "--verbosity=0", "--command", code, env=site.env)


def link_mailed_to(site, email):
    """The link of the invitation, from the mail that the site's worker sends."""
    for _ in range(300):
        for text in site.texts_to(email):
            if link := re.search(r"(http\S+/einladung/[\w-]+/)", text):
                return link[1]
        time.sleep(0.2)
    raise AssertionError(f"no invitation to {email} was mailed")


def first_organisation(page, site):
    page.goto(site.url + AREA)
    press(page, ".rows h2 a")
    return page.url


def test_an_invitation_leads_through_signing_up_and_back(browser, site):
    email = "eingeladen-mail@example.org"
    with signed_in(browser, site, "owner", java_script_enabled=False, viewport=PHONE) as owner:
        first_organisation(owner, site)
        owner.locator("[name=email]").fill(email)
        owner.locator("[name=role]").last.select_option("editor")
        press(owner, "button:has-text('Einladen')")
        assert email in owner.locator("main").inner_text()
    link = link_mailed_to(site, email)

    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(link)
    press(page)
    page.locator("[name=email]").fill(email)
    page.locator("[name=password1]").fill(PASSWORD)
    press(page)
    key = re.search(r"KEY (\S+)", shell(site, KEY.format(email=email)))[1]
    page.goto(f"{site.url}/de/konto/confirm-email/{key}/")
    press(page)
    assert page.url == link
    press(page)
    assert re.fullmatch(rf"{re.escape(site.url + AREA)}[0-9a-f-]{{36}}/", page.url)
    assert page.locator("main a[href$='/profil/']").count() == 1  # what an editor may change
    page.goto(link)
    assert page.locator("main form").count() == 0
    context.close()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_pages_of_organisations_are_accessible(browser, site, viewport, scheme):
    options = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True}
    with signed_in(browser, site, "owner", **options) as page:
        organisation = first_organisation(page, site)
        addresses = [organisation + part for part in PAGES]
        addresses += [site.url + AREA, f"{site.url}{AREA}neu/", f"{site.url}{AREA}einladung/x/"]
        page.goto(site.url + "/de/organisationen/")
        press(page, ".rows h3 a")
        claim = page.locator("a[href$='/uebernehmen/']").first
        addresses.append(site.url + claim.get_attribute("href"))
        problems = {}
        for address in addresses:
            page.goto(address)
            problems[address] = problems_of(page)
        page.goto(f"{site.url}{AREA}neu/")
        press(page)
        problems["errors"] = problems_of(page)
    assert {address: found for address, found in problems.items() if found} == {}
