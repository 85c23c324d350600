"""What a member does, page by page. Found by names and addresses, not by texts."""

from __future__ import annotations

import re

from tests.e2e.site import manage

PASSWORD = "Vier Wörter sind genug 7"
PHONE = {"width": 360, "height": 740}
# The key of the link in the mail, which a person would have clicked.
KEY = """
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
print("KEY", EmailConfirmationHMAC(EmailAddress.objects.get(email="{email}")).key)
"""
MAIN_BUTTON = "main .form-actions .button--primary"


def press(page, selector=MAIN_BUTTON):
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.locator(selector).last.click()


def sign_up(page, site, email):
    """From the page "Take part" to the first page of adding, as somebody without an account."""
    page.goto(site.url + "/de/mitmachen/")
    press(page, ".way--first .button--primary")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password1]").fill(PASSWORD)
    press(page)
    printed = manage("shell", "--verbosity=0", "--command", KEY.format(email=email), env=site.env)
    key = re.search(r"KEY (\S+)", printed)[1]
    page.goto(f"{site.url}/de/konto/confirm-email/{key}/")
    press(page)
    assert page.url == site.url + "/de/mitmachen/material/neu/"


def begin(page, *, file=None, link=""):
    """The first page: a file (name, bytes), a link, or neither."""
    if file:
        name, content = file
        upload = {"name": name, "mimeType": "application/pdf", "buffer": content}
        page.locator("[name=file]").set_input_files(upload)
    page.locator("[name=link]").fill(link)
    press(page)
    page.wait_for_url("**/inhalt/")


def describe(page, **values):
    """The second page; what is not given stays as it is."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if name in {"type", "language"}:
            field.select_option(value)
        else:
            field.fill(value)
    press(page)


def name_makers(page, **values):
    """The third page."""
    page.wait_for_url("**/urheber/")
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    press(page)


def choose_topics(page, *codes):
    """The fourth page."""
    page.wait_for_url("**/themen/")
    for code in codes:
        page.locator(f"[name=topics][value={code}]").check()
    press(page)


def send(page):
    """The last page."""
    page.wait_for_url("**/pruefen/")
    page.locator("[name=may_be_published]").check()
    press(page, "#send .button--primary")
