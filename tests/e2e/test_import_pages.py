"""An import on a phone without JavaScript: every step accessible, nothing wider than the screen."""

import csv
import io

import pytest

from tests.e2e.accessibility import problems_of
from tests.e2e.admin_pages import signed_in
from tests.e2e.contributing import press
from tests.e2e.site import manage

pytestmark = pytest.mark.e2e

START = "/de/mitmachen/import/"
LONG = "Donaudampfschifffahrtsgesellschaftssatzungsmusterhandreichung"
# Somebody of an organisation, and an entry that a row of the list looks like.
JOIN = """
from knowledge.models import Membership, Organisation, Resource
from nexsm.accounts.models import User
from knowledge.models import Language
from tests.factories.knowledge import ResourceFactory
organisation, _new = Organisation.objects.get_or_create(
    name="Verein für Importe", defaults={{"language": Language.objects.get(code="de"), "live": True}}
)
Membership.objects.get_or_create(
    user=User.objects.get(email="member@example.org"), organisation=organisation, role="owner"
)
if not Resource.objects.filter(title="{title}").exists():
    ResourceFactory(title="{title}")
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
        LONG,
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


def choose(page, rows):
    page.locator("input[type=file]").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": table(rows)}
    )
    press(page, "form[enctype] button[type=submit]")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_list_is_imported_step_by_step(browser, site, width, scheme):
    manage("shell", "--verbosity=0", "--command", JOIN.format(title=LONG), env=site.env)
    rows = [[f"{width}-{row[0]}", *row[1:]] if row[0] != "Nr" else row for row in ROWS]
    problems = {}
    options = {"viewport": {"width": width, "height": 700}, "color_scheme": scheme}
    with signed_in(browser, site, "member", **options) as page:
        page.goto(site.url + START)
        problems["start"] = problems_of(page)

        choose(page, [*rows, ["x", "", "?", "zz", "", "bald", ""]])
        problems["columns"] = problems_of(page)
        press(page, "button[value=columns]")
        problems["problems"] = problems_of(page)
        assert page.locator(".error-summary li").count() >= 3
        press(page, "button[value=discard]")

        choose(page, rows)
        press(page, "button[value=columns]")
        problems["preview"] = problems_of(page)
        press(page, "button[value=import]")
        problems["result"] = problems_of(page)
        assert page.locator(".notice--success").count() == 1
    assert {step: found for step, found in problems.items() if found} == {}
