"""Files that may be kept although they are two things at once: in a real browser they do nothing."""

import re

import pytest
from playwright.sync_api import Error

from tests.e2e.patience import wait_for
from tests.e2e.site import manage

pytestmark = pytest.mark.e2e

MAKE = """
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from nexsm.base.models import ContentPage, Document, HomePage
from tests.uploads import corpus

stored = []
for case in corpus.BAD:
    if case.document is corpus.REJECT or case in corpus.names.CASES:
        continue
    try:
        stored.append(Document.objects.create(title="x", file=ContentFile(case.make(), case.name)))
    except ValidationError:
        continue
page = ContentPage(title="Dateien", slug="dateien-zum-pruefen", body=[
    {"type": "documents", "value": [document.pk]} for document in stored])
HomePage.objects.filter(locale__language_code="de").get().add_child(instance=page)
page.save_revision().publish()
for document in stored:
    print(document.url)
"""
# Seconds; a busy machine takes longer than the two or three it usually is.
KNOWN_WITHIN = 60
SHOWN = re.compile(r"application/pdf|image/(png|jpeg|gif|webp)")
ACTIVE_PDF = re.compile(r"/(script|escaped|launch|files|sends)\.pdf$")

FRAMES_AND_SCRIPTS = """async (addresses) => {
    const wait = (name, address) => new Promise((done) => {
        const element = document.createElement(name);
        element.onload = element.onerror = done;
        setTimeout(done, 3000);  // a download fires neither
        element.src = address;
        document.body.append(element);
    });
    await Promise.all(addresses.flatMap((one) => [wait("script", one), wait("iframe", one)]));
}"""


@pytest.fixture(scope="module")
def addresses(site):
    """Files anybody may open, on a page of the site.

    Which page uses a file is written down by the site's worker, soon after the page is published.
    """
    made = manage("shell", "--verbosity=0", "--command", MAKE, env=site.env).split()
    wait_for(lambda: site.status(made[0]) != 404, KNOWN_WITHIN, "the worker did not note the page")
    return made


@pytest.fixture
def page(browser, site):
    context = browser.new_context(accept_downloads=False)
    page = context.new_page()
    page.goto(f"{site.url}/de/impressum/")
    yield page
    context.close()


def test_types_come_from_our_table_and_only_harmless_ones_are_shown(site, page, addresses):
    assert len(addresses) > 30
    for address in addresses:
        answer = page.request.get(
            f"{site.url}{address}?x=.html", headers={"Accept": "text/html", "Range": "bytes=0-"}
        )
        headers = answer.headers
        assert answer.status in {200, 206}, address
        assert not re.search("html|svg|xml|script", headers["content-type"].split("/vnd")[0]), (
            address
        )
        assert headers["x-content-type-options"] == "nosniff", address
        assert "default-src 'none'" in headers["content-security-policy"], address
        is_shown = SHOWN.match(headers["content-type"]) and not ACTIVE_PDF.search(address)
        kind = headers["content-disposition"].split(";")[0]
        assert kind == ("inline" if is_shown else "attachment"), address
        if "pdf" not in headers["content-type"] or kind == "attachment":
            assert "sandbox" in headers["content-security-policy"], address


def test_nothing_runs_whether_opened_framed_or_called_as_a_script(site, page, addresses):
    page.evaluate(FRAMES_AND_SCRIPTS, addresses)
    assert len(page.frames) > 1
    ran = [frame.url for frame in page.frames if pwned(frame)]
    for address in addresses:
        try:
            page.goto(site.url + address)
        except Error:
            continue  # it is saved, not shown
        if pwned(page):
            ran.append(address)
    assert ran == []


def pwned(frame):
    """Whether the file has run what it carries."""
    try:
        return frame.evaluate("window.__pwn !== undefined")
    except Error:  # the browser's own viewer lets nobody in
        return False
