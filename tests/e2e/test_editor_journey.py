"""An editor makes a resource, a reviewer approves it, it is found, and it is taken offline again."""

import re
import time
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

import pytest

from tests.e2e.admin_pages import (
    RESOURCES,
    fill_in_resource,
    number_of,
    open_tab_of,
    press_action,
    save_draft,
    signed_in,
)

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("site")]

# The index follows within a second or two; a busy machine takes longer.
SEARCHABLE_WITHIN = 30


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < end, what
        time.sleep(0.5)
    return result


def hits_for(site, title):
    query = quote(f'"{title}"')
    return [hit for hit in site.api(f"search?q={query}&lang=de")["hits"] if hit["title"] == title]


def is_in_collection(site, title):
    found = site.api("resources?page_size=100")
    return title in {item["title"] for item in found["items"]}


def test_draft_preview_review_publication_and_withdrawal(browser, site):
    title = "Quittenmus und Vereinsrecht"
    with signed_in(browser, site, "editor") as page:
        page.goto(f"{site.url}{RESOURCES}/add/")
        fill_in_resource(page, title=title, summary="Ein Leitfaden für den Vorstand.")

        page.locator("[data-side-panel-toggle=preview]").click()
        shown = page.frame_locator("iframe#w-preview-iframe")
        shown.locator("h1", has_text=title).wait_for()
        assert shown.locator("text=Ein Leitfaden für den Vorstand.").count() >= 1

        save_draft(page)
        number = number_of(page)
        assert hits_for(site, title) == []
        assert site.status(f"/de/material/{number}-quittenmus-und-vereinsrecht/") == 404
        press_action(page, "action-submit")
        assert site.status(f"/de/material/{number}-quittenmus-und-vereinsrecht/") == 404

    with signed_in(browser, site, "reviewer") as page:
        page.goto(f"{site.url}/admin/")
        assert page.locator("main", has_text=title).count() == 1
        page.goto(f"{site.url}{RESOURCES}/edit/{number}/")
        approve(page)

    (hit,) = wait_for(lambda: hits_for(site, title), SEARCHABLE_WITHIN, "not found by search")
    path = urlsplit(hit["url"]).path
    assert path == f"/de/material/{number}-quittenmus-und-vereinsrecht/"
    assert site.status(path) == 200
    assert is_in_collection(site, title)

    reason = "Die Quelle ist nicht mehr erreichbar."
    with signed_in(browser, site, "editor") as page:
        page.goto(f"{site.url}{RESOURCES}/unpublish/{number}/")
        page.locator("input[name=reason]").fill(reason)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").click()

    visitor = browser.new_page()
    answer = visitor.goto(site.url + path)
    assert answer.status == 410
    assert visitor.locator("main", has_text=title).count() == 1
    assert visitor.locator("main", has_text=reason).count() == 1
    visitor.close()
    wait_for(lambda: not hits_for(site, title), SEARCHABLE_WITHIN, "still found by search")
    assert not is_in_collection(site, title)
    assert site.status(f"/api/v1/resources/{hit['id']}") == 404


def approve(page):
    """Press the reviewer's approval in the menu, and confirm it where Wagtail asks once more."""
    button = page.locator("[data-workflow-action-name=approve]").first
    if not button.is_visible():
        page.locator("footer .w-dropdown__toggle").last.click()
    with page.expect_navigation():
        button.click()


def test_a_scheduled_resource_goes_live_by_itself(browser, site):
    title = "Morgen erst zu lesen"
    with signed_in(browser, site, "editor") as page:
        page.goto(f"{site.url}{RESOURCES}/add/")
        fill_in_resource(page, title=title, summary="Noch nicht.")
        save_draft(page)
        number = number_of(page)
        schedule(page, "go_live_at", datetime.now().astimezone() + timedelta(hours=1))
        path = f"/de/material/{number}-morgen-erst-zu-lesen/"
        press_action(page, "action-publish")
        assert site.status(path) == 404

    site.move_schedule(number)
    wait_for(lambda: site.status(path) == 200, 60, "it did not go live")
    wait_for(lambda: hits_for(site, title), SEARCHABLE_WITHIN, "not found by search")


def schedule(page, field, moment):
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    box = page.locator(f"#schedule-publishing-dialog input[name={field}]")
    box.fill(f"{moment:%d.%m.%Y %H:%M}")
    box.press("Escape")
    with page.expect_navigation():
        page.locator("#schedule-publishing-dialog button.action-save").click()
