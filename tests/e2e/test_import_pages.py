"""An import on a phone without JavaScript: every step accessible, nothing wider than the screen."""

import csv
import io

import pytest

from tests.e2e.admin_pages import signed_in
from tests.e2e.site import manage
from tests.e2e.test_public_pages import violations

pytestmark = pytest.mark.e2e

START = "/de/mitmachen/import/"
JOIN = """
from knowledge.models import Membership, Organisation
from nexsm.accounts.models import User
from knowledge.models import Language
organisation, _new = Organisation.objects.get_or_create(
    name="Verein für Importe", defaults={"language": Language.objects.get(code="de"), "live": True}
)
Membership.objects.get_or_create(
    user=User.objects.get(email="member@example.org"), organisation=organisation, role="owner"
)
"""
ROWS = [
    [
        "Nr",
        "Titel",
        "Art",
        "Sprachen",
        "Autorinnen und Autoren",
        "Jahr",
        "Eine sehr lange Bemerkungsspalte",
    ],
    [
        "1",
        "Donaudampfschifffahrtsgesellschaftssatzungsmusterhandreichung",
        "Leitfaden",
        "de",
        "Ada",
        "2024",
        "x",
    ],
    ["2", "مرحبا بكم في الجمعية", "video", "ar", "{Verein}", "2023", ""],
    ["3", "مرحبا بكم في الجمعية", "video", "ar", "{Verein}", "2023", ""],
]


def table(rows):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(rows)
    return buffer.getvalue().encode()


def wrong(page):
    """What axe finds, and whether the page is wider than the screen."""
    found = violations(page)
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, *([f"wider by {wider}px"] if wider > 0 else [])]


def choose(page, rows):
    page.locator("input[type=file]").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": table(rows)}
    )
    page.locator("form[enctype] button[type=submit]").click()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_list_is_imported_step_by_step(browser, site, width, scheme):
    manage("shell", "--verbosity=0", "--command", JOIN, env=site.env)
    rows = [[f"{width}-{row[0]}", *row[1:]] if row[0] != "Nr" else row for row in ROWS]
    problems = {}
    options = {"viewport": {"width": width, "height": 700}, "color_scheme": scheme}
    with signed_in(browser, site, "member", **options) as page:
        page.goto(site.url + START)
        problems["start"] = wrong(page)

        choose(page, [*rows, ["x", "", "?", "zz", "", "bald", ""]])
        problems["columns"] = wrong(page)
        page.locator("button[value=columns]").click()
        problems["problems"] = wrong(page)
        assert page.locator(".error-summary li").count() >= 3
        page.locator("button[value=discard]").click()

        choose(page, rows)
        page.locator("button[value=columns]").click()
        problems["preview"] = wrong(page)
        page.locator("button[value=import]").click()
        problems["result"] = wrong(page)
        assert page.locator(".notice--success").count() == 1
    assert {step: found for step, found in problems.items() if found} == {}
