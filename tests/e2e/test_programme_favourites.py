"""“My selection” of a programme: in this browser only, shared by a link, taken along as a calendar."""

import icalendar
import pytest

pytestmark = pytest.mark.e2e

NEXSM24 = "/de/konferenzen/nexsm24/"
LIVE = "/de/konferenzen/jetzt/"


def mark(page, number):
    """Press the button of a line; returns the identity of its occurrence."""
    button = page.locator("[data-mark-button]").nth(number)
    button.click()
    return button.get_attribute("data-mark-button")


def pressed(page):
    marked = page.locator("[data-mark-button][aria-pressed=true]")
    return {button.get_attribute("data-mark-button") for button in marked.all()}


def shown(page):
    return page.locator(".cell:visible").count()


def test_a_selection_is_still_there_after_a_reload_and_can_be_taken_back(visit_programme):
    page = visit_programme(NEXSM24)
    chosen = {mark(page, 0), mark(page, 4)}
    page.reload()
    assert pressed(page) == chosen
    assert page.locator("[data-count]").inner_text() == "2"
    mark(page, 0)
    page.reload()
    assert len(pressed(page)) == 1


def test_one_time_of_a_repeated_session_is_not_the_other(visit_programme):
    page = visit_programme(NEXSM24)
    title = page.locator(".slot--round").first.locator(".entry__title a").first.inner_text()
    title = title.replace("\u00ad", "")
    page.locator(".slot--round").first.locator("[data-mark-button]").first.click()
    assert len(pressed(page)) == 1
    names = page.get_by_role("button", name=f"Merken: {title}")
    assert names.count() == 2
    assert names.nth(0).get_attribute("aria-pressed") == "true"
    assert names.nth(1).get_attribute("aria-pressed") == "false"


def test_only_the_selection_is_shown_by_keyboard(visit_programme):
    page = visit_programme(NEXSM24)
    everything = shown(page)
    button = page.locator("[data-mark-button]").nth(1)
    button.focus()
    button.press("Space")
    assert "Gemerkt:" in page.locator("[data-favourites] [role=status]").inner_text()
    only = page.get_by_role("button", name="Nur meine Auswahl zeigen")
    only.focus()
    only.press("Enter")
    assert only.get_attribute("aria-pressed") == "true"
    assert shown(page) == 1
    only.press("Enter")
    assert shown(page) == everything


def test_what_overlaps_in_the_selection_is_said(visit_programme):
    page = visit_programme(LIVE)
    mark(page, 0)
    assert page.locator(".entry__clash").count() == 0
    mark(page, 3)
    clashes = page.locator(".entry__clash")
    assert clashes.count() == 2
    assert "Lange Sprechstunde" in clashes.nth(1).inner_text()
    assert page.locator("[data-clashes]").inner_text() == "Überschneidungen: 1"


def test_a_link_shows_somebody_elses_selection_and_the_server_never_hears_of_it(visit_programme):
    page = visit_programme(NEXSM24)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chosen = {mark(page, 2), mark(page, 5)}
    page.get_by_role("button", name="Link kopieren").click()
    page.locator("[data-status]", has_text="Der Link ist kopiert.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#fav=" in link

    other = visit_programme("/de/konferenzen/")
    asked = []
    other.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    other.goto(link)
    assert other.locator("[data-shared]").is_visible()
    assert shown(other) == 2
    assert pressed(other) == set()
    other.get_by_role("button", name="In meine Auswahl übernehmen").click()
    assert "#" not in other.url
    other.reload()
    assert pressed(other) == chosen
    assert not any(uid[:8] in address for uid in chosen for address in asked)

    third = visit_programme("/de/konferenzen/")
    third.goto(link)
    third.get_by_role("button", name="Das ganze Programm zeigen").click()
    assert pressed(third) == set()
    assert shown(third) > 2


def test_the_calendar_holds_the_selection_with_the_public_identities(visit_programme, tmp_path):
    page = visit_programme(NEXSM24)
    chosen = {mark(page, 1), mark(page, 4)}
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Als Kalender speichern").click()
    waiting.value.save_as(tmp_path / "auswahl.ics")
    assert waiting.value.suggested_filename == "nexsm24.ics"
    calendar = icalendar.Calendar.from_ical((tmp_path / "auswahl.ics").read_bytes())
    assert {str(event["UID"]) for event in calendar.walk("VEVENT")} == chosen
    assert calendar.walk("VTIMEZONE")


def test_damaged_or_forbidden_storage_is_no_harm(visit_programme):
    page = visit_programme(NEXSM24)
    page.evaluate(
        "localStorage.setItem("
        "'nexsm-selection-' + document.querySelector('[data-programme]').dataset.programme, '{broken')"
    )
    page.reload()
    assert page.locator("[data-count]").inner_text() == "0"
    page.goto(page.url + "#fav=deadbeef.<script>")
    assert page.locator("[data-shared]").is_hidden()
