"""An editor makes a resource, a reviewer approves it, it is found, and it is taken offline again."""

from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.admin_pages import (
    RESOURCES,
    approve,
    fill_in_resource,
    number_of,
    press_action,
    save_draft,
    schedule,
    signed_in,
)
from tests.e2e.patience import wait_for

pytestmark = pytest.mark.e2e

# The index follows within a second or two; a busy machine takes longer.
SEARCHABLE_WITHIN = 30
# The server looks every 30 seconds for what is due.
LIVE_WITHIN = 90


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


def test_a_scheduled_resource_goes_live_by_itself(browser, site):
    title = "Morgen erst zu lesen"
    with signed_in(browser, site, "editor") as page:
        page.goto(f"{site.url}{RESOURCES}/add/")
        fill_in_resource(page, title=title, summary="Noch nicht.")
        save_draft(page)
        number = number_of(page)
        schedule(page, "go_live_at", datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(hours=1))
        path = f"/de/material/{number}-morgen-erst-zu-lesen/"
        press_action(page, "action-publish")
        assert site.status(path) == 404

    site.make_due(number)
    wait_for(lambda: site.status(path) == 200, LIVE_WITHIN, "it did not go live")
    wait_for(lambda: hits_for(site, title), SEARCHABLE_WITHIN, "not found by search")


def test_a_broken_image_is_an_error_of_the_form(browser, site, tmp_path):
    broken = tmp_path / "photo.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"not a picture at all" * 20)
    with signed_in(browser, site, "editor") as page:
        page.goto(f"{site.url}/admin/images/add/")
        page.locator("input[name=title]").fill("Kaputtes Bild")
        page.locator("input[type=file][name=file]").set_input_files(broken)
        with page.expect_response(is_answer_to_upload) as answer:
            page.locator("main form button[type=submit], main form input[type=submit]").last.click()
        assert answer.value.status == 200
        page.locator("main .error-message").first.wait_for()
        page.goto(f"{site.url}/admin/images/?q=Kaputtes")
        assert page.locator("main", has_text="Kaputtes Bild").count() == 0


def is_answer_to_upload(response):
    return response.request.method == "POST" and response.url.endswith("/images/add/")


def test_members_see_no_admin(browser, site):
    with signed_in(browser, site, "member") as page:
        for path in ("/admin/", f"{RESOURCES}/add/", "/admin/images/add/", "/admin/users/"):
            assert page.goto(site.url + path).status == 403
