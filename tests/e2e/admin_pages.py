"""The editors' admin as a person uses it. Found by names, not by texts: they depend on the language."""

from __future__ import annotations

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

RESOURCES = "/admin/snippets/knowledge/resource"
DESKTOP = {"width": 1280, "height": 900}
# A machine that runs other tests beside this one is slow.
PATIENCE = 30_000


@contextmanager
def signed_in(browser, site, key, **options):
    """A page of a browser in which this account signed in through the one login.

    Raises AssertionError at the end if a page asked another host or broke its own policy.
    """
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "de-DE", **options})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    hosts, refused = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: refused.append(message.text))
    email = f"{key}@example.org"
    page.goto(site.url + "/de/konto/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(site.accounts[email])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/de/$"))
    yield page
    context.close()
    assert hosts - {""} == {urlsplit(site.url).netloc}  # data: and blob: have no host
    assert [line for line in refused if "Content Security Policy" in line] == []


def open_tab_of(page, field):
    """Bring the part of the form to the front in which a field is."""
    panel = page.locator(".w-tabs__panel").filter(has=page.locator(f"[name={field}]"))
    page.locator(f"[role=tab][aria-controls={panel.get_attribute('id')}]").click()


def fill_in_resource(page, *, title, summary):
    """All required fields, a summary and a topic."""
    page.locator("input[name=title]").fill(title)
    page.locator("select[name=type]").select_option(label="Leitfaden")
    page.locator("select[name=language]").select_option(label="Deutsch")
    page.locator("textarea[name=summary]").fill(summary)
    open_tab_of(page, "topics")
    page.locator("input[name=topics]").first.check()


def press_action(page, name):
    """Choose an action in the menu at the bottom of a form, and wait for the answer."""
    open_actions(page)
    with page.expect_navigation():
        page.locator(f"button[name={name}]:visible").first.click()


def approve(page):
    """Press the reviewer's approval; without the one that asks for a comment."""
    open_actions(page)
    without_comment = ":not([data-workflow-action-modal-url])"
    with page.expect_navigation():
        page.locator(f"[data-workflow-action-name=approve]{without_comment}:visible").first.click()


def open_actions(page):
    """Unfold the menu at the bottom of a form."""
    page.locator("footer .w-dropdown__toggle").last.click()


def save_draft(page):
    """Save, and wait until the server has answered."""
    with page.expect_navigation():
        page.locator("footer button.action-save").first.click()


def schedule(page, field, moment):
    """Set a date in the window of the side panel, and save."""
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator(f"#schedule-publishing-dialog input[name={field}]").fill(
        f"{moment:%Y-%m-%d %H:%M}"
    )
    with page.expect_navigation():
        # By keyboard: the calendar that has opened lies above the button.
        page.locator("#schedule-publishing-dialog button.action-save").press("Enter")


def number_of(page):
    """The number of the item whose form is open."""
    return int(re.search(r"/edit/(\d+)/", urlsplit(page.url).path).group(1))
