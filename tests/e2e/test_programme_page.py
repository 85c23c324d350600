"""A programme in a real browser: list and grid, paper, keyboard, without scripts, with seven tracks."""

import itertools
from pathlib import Path

import pypdfium2
import pytest

from tests.e2e.accessibility import WIDER, problems_in_both_schemes, problems_of
from tests.e2e.conferences import ROOMS, TITLES
from tests.e2e.contributing import press

pytestmark = pytest.mark.e2e

NEXSM24 = "/de/konferenzen/nexsm24/"
SEVEN = "/de/konferenzen/sieben/"
LONG = "/de/konferenzen/lang/"
BOTH = "/de/konferenzen/beides/"
LIVE = "/de/konferenzen/jetzt/"
DOCUMENTED = "/de/konferenzen/doku/"
STATES = [
    NEXSM24,
    "/en/konferenzen/nexsm24/",
    SEVEN,
    LONG,
    BOTH,
    f"{SEVEN}?language=ar&day=2031-05-09&person=nobody",
    LIVE,
    DOCUMENTED,
]
DURING = "2031-05-09T11:10:00+02:00"
# Two lines that lie on each other, and lines that stick out of their column.
COLLISIONS = """() => {
  const cells = [...document.querySelectorAll('.cell:not([hidden])')];
  const boxes = cells.map((cell) => cell.getBoundingClientRect());
  const found = [];
  boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other, more) => {
    const apart = one.right <= other.left + 1 || other.right <= one.left + 1
      || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
    if (!apart || one.height < 10) found.push([cells[index].id, cells[index + 1 + more].id]);
  }));
  for (const cell of cells) if (cell.scrollWidth > cell.clientWidth + 1) found.push(cell.id);
  return found;
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_list_and_grid_have_no_axe_violations(visit_programme, site, width):
    page = visit_programme(NEXSM24, bypass_csp=True, viewport={"width": width, "height": 800})
    problems = {}
    for path in STATES:
        page.goto(site.url + path)
        if page.locator("[data-mark-button]").count():
            page.locator("[data-mark-button]").first.click()
        if page.locator(".programme-filter").count():
            page.locator(".programme-filter").evaluate("node => { node.open = true; }")
        problems[path] = problems_in_both_schemes(page)
        page.evaluate("window.localStorage.clear()")
    page.goto(site.url + LIVE)
    press(page, ".slot--round .entry__title a")
    assert page.locator(".parallel-sessions a").count() == 7
    problems["a session"] = problems_in_both_schemes(page)
    assert {path: found for path, found in problems.items() if found} == {}


@pytest.mark.parametrize("path", [NEXSM24, SEVEN, LONG])
def test_paper_has_no_axe_violations(visit_programme, path):
    page = visit_programme(path, bypass_csp=True, viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    assert problems_of(page) == []


# 320 is also what a window of 1280 has left at 400 %.
@pytest.mark.parametrize("width", range(320, 1281, 160))
def test_no_width_scrolls_sideways_and_nothing_covers_anything(visit_programme, site, width):
    page = visit_programme(NEXSM24, viewport={"width": width, "height": 800})
    page.clock.install(time=DURING)
    for path in (NEXSM24, SEVEN, LONG, BOTH, LIVE):
        page.goto(site.url + path)
        assert page.evaluate(WIDER) <= 0, path
        assert page.evaluate(COLLISIONS) == [], path


def test_a_zoom_of_four_hundred_percent_shows_the_list(visit_programme):
    page = visit_programme(SEVEN, viewport={"width": 320, "height": 225}, device_scale_factor=4)
    lefts = page.evaluate(
        "[...new Set([...document.querySelectorAll('.cell:not(.cell--all)')]"
        ".map((cell) => Math.round(cell.getBoundingClientRect().left)))]"
    )
    assert len(lefts) == 1
    assert page.locator(".rooms").first.is_hidden()


def test_on_a_wide_screen_every_room_has_its_column(visit_programme):
    page = visit_programme(SEVEN)
    heads = page.locator(".rooms").first.locator("span")
    assert heads.all_inner_texts() == ROOMS
    columns = {head.inner_text(): round(head.bounding_box()["x"]) for head in heads.all()}
    first_day = page.locator(".day").first
    for cell in first_day.locator(".cell:not(.cell--all)").all():
        room = cell.locator(".entry__room").inner_text()
        assert round(cell.bounding_box()["x"]) == columns[room]
    lunch = first_day.locator(".cell--all").first.bounding_box()
    assert lunch["width"] > 6 * first_day.locator(".cell--1").first.bounding_box()["width"]


def test_what_is_long_reaches_down_over_what_begins_meanwhile(visit_programme):
    page = visit_programme(LONG)
    day = page.locator(".day").first

    def box(title):
        return day.locator(".cell", has_text=title).first.bounding_box()

    def bottom(title):
        return round(box(title)["y"] + box(title)["height"])

    talks = [box(f"Kurz {number}") for number in range(1, 5)]
    tops = {round(head.bounding_box()["y"]) for head in day.locator(".slot__head").all()}
    assert {round(talk["y"]) for talk in talks} < tops
    assert round(box("Werkstatt")["y"]) == round(talks[0]["y"])
    assert bottom("Werkstatt") == bottom("Kurz 4") == bottom("Über Mittag")
    assert bottom("Werkstatt") <= box("Mittagessen")["y"]
    # A selection may hide the rows between: then nothing reaches over anything.
    for title in ("Werkstatt", "Kurz 1", "Nachmittag"):
        day.locator(".cell", has_text=title).first.locator("button").click()
    page.locator("[data-action=only]").click()
    assert bottom("Werkstatt") <= box("Nachmittag")["y"]
    assert page.evaluate(COLLISIONS) == []


def test_on_paper_rooms_are_columns_and_what_is_long_reaches_down(visit_programme):
    page = visit_programme(LONG, viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    day = page.locator(".day").first
    assert day.locator(".rooms").is_visible()
    boxes = {
        title: day.locator(".cell", has_text=title).first.bounding_box()
        for title in ("Werkstatt", *(f"Kurz {number}" for number in range(1, 5)))
    }
    bottoms = {title: round(box["y"] + box["height"]) for title, box in boxes.items()}
    assert round(boxes["Werkstatt"]["y"]) == round(boxes["Kurz 1"]["y"])
    assert bottoms["Werkstatt"] == bottoms["Kurz 4"]
    assert len({round(boxes[f"Kurz {number}"]["x"]) for number in range(1, 5)}) == 1
    assert page.evaluate(COLLISIONS) == []
    assert page.evaluate(WIDER) <= 0


def test_what_goes_on_is_said_where_it_is_not_drawn(visit_programme):
    page = visit_programme(LONG)

    def said(number):
        lines = page.locator(".day").nth(number).locator(".slot__going-on:visible")
        return [" ".join(line.split()) for line in lines.all_inner_texts()]

    # Over lunch nothing reaches, and twelve rooms wrap.
    assert said(0) == ["Läuft noch: Über Mittag (bis 12:30)"]
    (wrapped,) = said(1)
    assert wrapped.endswith("(bis 12:00)")
    page.emulate_media(media="print")
    assert said(0) == ["Läuft noch: Über Mittag (bis 12:30)"]
    assert said(1) == [wrapped]
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 360, "height": 800})
    assert said(0)[0] == "Läuft noch: Werkstatt (bis 11:00)"
    assert len(said(0)) == 5
    page.locator(".slot__going-on a:visible").first.click()
    assert (
        page.evaluate("document.querySelector(':target .entry__title').textContent") == "Werkstatt"
    )


def test_what_is_not_drawn_is_said_beside_what_is(visit_programme):
    page = visit_programme(BOTH)

    def said():
        lines = page.locator("p:visible", has_text="Läuft noch:").all_inner_texts()
        return [" ".join(line.split()) for line in lines]

    def box(title):
        return page.locator(".cell", has=page.get_by_role("heading", name=title)).bounding_box()

    def reaches_down():
        ends = [round(box(title)["y"] + box(title)["height"]) for title in ("Werkstatt", "Vortrag")]
        return ends[0] == ends[1] and box("Werkstatt")["y"] < box("Vortrag")["y"]

    for media, width in (("screen", 1280), ("print", 794)):
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(media=media)
        assert said() == ["Läuft noch: Infotisch (bis 12:30)"]
        assert reaches_down()
        assert page.evaluate(COLLISIONS) == []
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 360, "height": 800})
    assert said() == ["Läuft noch: Infotisch (bis 12:30), Werkstatt (bis 12:00)"]


def test_rooms_that_do_not_fit_side_by_side_wrap_and_keep_their_places(visit_programme):
    page = visit_programme(LONG)
    day = page.locator(".day").nth(1)
    assert day.locator(".rooms").count() == 0
    for slot in day.locator(".slot").all()[:2]:
        cells = slot.locator(".cell").all()
        names = [cell.locator(".entry__room").inner_text() for cell in cells]
        assert names == [f"Raum {number}" for number in range(1, 13)]
        lefts = [round(cell.bounding_box()["x"]) for cell in cells]
        assert lefts[:6] == lefts[6:] == sorted(set(lefts))


def test_rounds_stand_in_columns_in_the_printed_order(visit_programme):
    page = visit_programme(NEXSM24)
    rounds = page.locator(".slot--round")
    assert rounds.count() == 2
    printed = [["1.", "2.", "3.", "4.", "5."], ["4.", "5.", "6.", "4.", "5."]]
    for round_, numbers in zip(rounds.all(), printed, strict=True):
        boxes = [cell.bounding_box() for cell in round_.locator(".cell").all()]
        assert len({round(box["y"]) for box in boxes}) == 1
        assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)
        assert round_.locator(".entry__number").all_inner_texts() == numbers


def test_reading_and_focus_follow_time(visit_programme):
    page = visit_programme(SEVEN)
    starts = page.evaluate(
        "[...document.querySelectorAll('.day:first-of-type article')].map((a) => Number(a.dataset.start))"
    )
    assert starts == sorted(starts)
    page.locator(".entry__title a").first.focus()
    met = []
    for _step in range(30):
        met.append(page.evaluate("Number(document.activeElement.closest('article').dataset.start)"))
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
        page.keyboard.press("Tab")
    assert met == sorted(met)
    # One link and one button for each line.
    assert page.locator(".cell").nth(0).locator("a").count() == 1
    assert page.locator(".cell").nth(0).locator("button").count() == 1


def test_every_line_says_its_start_to_screen_readers(visit_programme):
    page = visit_programme(SEVEN)
    assert page.locator("article").count() == page.locator("article:has(time[datetime])").count()
    levels = page.evaluate(
        "[...document.querySelectorAll('.day :is(h2, h3, h4)')].map((h) => Number(h.tagName[1]))"
    )
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert page.locator(".entry--cancelled .entry__marks").first.inner_text() == "Abgesagt"
    assert (
        page.locator(".entry__languages .visually-hidden")
        .first.inner_text()
        .startswith("Sprachen:")
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_arabic_titles_have_their_language_and_direction(visit_programme, width):
    page = visit_programme(SEVEN, viewport={"width": width, "height": 800})
    title = page.locator(".entry__title", has_text=TITLES[2]).first
    assert title.get_attribute("lang") == "ar"
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    german = page.locator(".entry__title", has_text=TITLES[1]).first
    assert german.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_without_scripts_the_programme_and_its_filters_are_there(visit_programme):
    page = visit_programme(SEVEN, java_script_enabled=False, viewport={"width": 360, "height": 800})
    assert page.locator("article").count() == 7 * 6 * 3 + 3
    assert page.locator("[data-mark-button], [data-favourites]:visible").count() == 0
    page.locator(".programme-filter > summary").click()
    page.locator("[name=language][value=ar]").check()
    page.locator("[name=day][value='2031-05-10']").check()
    press(page, ".programme-filter button[type=submit]")
    assert page.locator("article").count() == 6
    assert page.locator(".programme__total").inner_text() == "6 Programmpunkte"
    assert page.locator(".chips a", has_text="Arabisch").count() == 1
    press(page, ".chips a:has-text('Arabisch')")
    assert page.locator("article").count() == 7 * 6 + 1
    assert page.locator("[name=language][value=ar]").is_checked() is False


def test_before_a_conference_comes_registration_and_after_it_the_documentation(
    visit_programme, site
):
    page = visit_programme(SEVEN)
    assert page.locator("main .button--primary", has_text="Anmelden").is_visible()
    page.goto(site.url + DOCUMENTED)
    assert page.locator("main .button--primary", has_text="Anmelden").count() == 0
    tops = [
        page.locator(selector).bounding_box()["y"]
        for selector in ("#documented-sessions", "#programme")
    ]
    assert tops == sorted(tops)
    assert page.locator(".documented > li").count() == 2
    assert page.locator(".documented a", has_text="Folien").first.is_visible()


def test_now_and_next_follow_the_clock(visit_programme, site):
    page = visit_programme("/de/konferenzen/")
    page.clock.install(time=DURING)
    page.goto(site.url + LIVE)
    running = page.locator("[data-now-running] a")
    assert running.count() == 8
    assert page.locator("[data-now-next] a").all_inner_texts() == ["Pause"]
    assert page.locator(".badge--now").count() == 8
    page.clock.fast_forward("52:00")
    assert running.all_inner_texts() == ["Pause"]
    assert page.locator("[data-now-next] time").inner_text() == "14:00"
    running.click()
    assert page.evaluate("document.querySelector(':target .entry__title').textContent") == "Pause"


def test_nexsm24_fits_on_two_sheets_without_addresses(visit_programme, tmp_path: Path):
    page = visit_programme(NEXSM24)
    page.pdf(path=tmp_path / "programm.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "programm.pdf")
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    assert len(document) <= 2
    assert text.count("12:00 und 14:00") == 10
    for words in (
        "Empfang und Registrierung",
        "Schlusswort und Ausklang",
        "Atrium",
        "4. Juni 2024",
    ):
        assert words in text
    assert "http" not in text
    assert "Merken" not in text
