"""The search as people use it: with eyes, ears, keyboard, phone, without scripts, in two directions."""

from urllib.parse import quote, urlsplit

import pytest

from tests.e2e.accessibility import problems_of
from tests.e2e.contributing import press
from tests.e2e.patience import wait_for
from tests.e2e.site import manage, without_search_engine

pytestmark = pytest.mark.e2e

SEARCH = "/de/suche/"
STATES = {
    "first visit": "",
    "hits": "?q=Migrant*innen",
    "filters and chips": "?q=Verein&kind=resource&region=DE&year_from=2001&sort=title",
    "one hit": '?q="Keynote+zur+Interaktion"',
    "another page": "?page=2",
    "some of the words": "?q=Verein+xyzxyzxyz",
    "nothing found": "?q=Verein+%22xyzxyzxyz%22&kind=resource&type=guide",
    "did you mean": "?q=Vereinsrehct",
    "Arabic words": f"?q={quote('العمل')}",
    "Arabic texts": "?language=ar&kind=resource",
    "awkward titles": "?q=Sonderfall",
    "missing": "fehlt/?q=Wohngeld",
    "missing, sent": "fehlt/?sent=1",
}
VIEWS = [(320, "dark"), (1280, "light")]
FIRST_VISIT_BYTES = 60 * 1024
FIRST_VISIT_REQUESTS = 8
AWKWARD = """
from knowledge.models import Language, Resource, ResourceType
from knowledge.services.publication import publish
german, arabic = Language.objects.get(code="de"), Language.objects.get(code="ar")
guide = ResourceType.objects.get(code="guide")
for language, title in [
    (german, "Sonderfall " + "Donaudampfschifffahrtsgesellschaft" * 5),
    (german, "Sonderfall: " + "sehr langer Titel mit vielen Wörtern " * 7),
    (arabic, "دليل العمل التطوعي (Sonderfall 2024) في ألمانيا"),
    (german, "Sonderfall دليل العمل und weiter auf Deutsch"),
]:
    item = Resource(title=title.strip(), summary="https://example.org/" + "a" * 150, language=language, type=guide)
    item.save()
    publish(item=item)
"""
FOUND_WITHIN = 60


@pytest.fixture(scope="module", autouse=True)
def awkward_titles(site):
    manage("shell", "--verbosity=0", "--command", AWKWARD, env=site.env)
    wait_for(
        lambda: site.api("search?q=Sonderfall")["total"] >= 4,
        FOUND_WITHIN,
        "the worker of the site did not index them",
    )


@pytest.fixture(scope="module")
def dead_site(site, tmp_path_factory):
    with without_search_engine(site, tmp_path_factory.mktemp("dead") / "server.log") as running:
        yield running


@pytest.fixture
def visit(browser):
    """Opens a page in a new browser; afterwards nobody else was asked and nothing is remembered."""
    contexts, asked = [], set()

    def opening(url, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.goto(url)
        return page

    yield opening
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert {cookie["name"] for cookie in cookies} <= {"csrftoken"}  # only forms that are sent
    assert asked == {"localhost"}


def heading(page):
    return page.locator("#total").inner_text()


def has_focus(page, selector):
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def wait_for_search(page, part):
    """Wait until the address has this part and the results are there."""
    page.wait_for_function(
        "part => location.search.includes(part) && !document.querySelector('[aria-busy=true]')",
        arg=part,
    )


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_state_is_accessible_and_fits(visit, site, dead_site, width, scheme):
    addresses = {name: f"{site.url}{SEARCH}{rest}" for name, rest in STATES.items()}
    addresses["engine down"] = f"{dead_site.url}{SEARCH}?q=Verein&kind=resource"
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = visit(addresses["engine down"], bypass_csp=True, **options)
    assert page.locator(".notice--warning").is_visible()
    page = visit(addresses["first visit"], bypass_csp=True, **options)
    problems = {}
    for name, address in addresses.items():
        if "engine" not in name:
            page.goto(address)
            problems[name] = problems_of(page)
    page.goto(addresses["filters and chips"])
    page.locator("details.filters").evaluate("node => { node.open = true; }")
    for more in page.locator(".filters__more > summary").all():
        more.click()
    problems["filters open"] = problems_of(page)
    page.locator("#q").fill("Vere")
    page.locator("[role=option]").first.wait_for()
    problems["suggestions"] = problems_of(page)
    page.goto(addresses["missing"])
    page.locator("#id_query").fill("")
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    problems["missing, with an error"] = problems_of(page)
    assert {name: found for name, found in problems.items() if found} == {}


@pytest.mark.parametrize("width", range(320, 1281, 80))
def test_no_width_scrolls_sideways(visit, site, width):
    page = visit(site.url + SEARCH, viewport={"width": width, "height": 700})
    for rest in (STATES["filters and chips"], STATES["awkward titles"], STATES["Arabic texts"]):
        page.goto(site.url + SEARCH + rest)
        page.locator("details.filters").evaluate("node => { node.open = true; }")
        wide = "document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(wide) <= 0, rest


def test_without_the_engine_visitors_are_told_and_still_find(visit, dead_site):
    page = visit(f"{dead_site.url}{SEARCH}?q=Verein", viewport={"width": 360, "height": 800})
    assert page.locator(".notice--warning").is_visible()
    assert page.locator("article.card").count() > 0
    page.locator("#q").fill("Verei")
    page.locator("[role=option]").first.wait_for()
    # Names of topics are in the database.
    assert page.locator("[role=group]").count() == 1


def test_suggestions_by_keyboard(visit, site):
    page = visit(site.url + SEARCH)
    field = page.get_by_role("combobox", name="In allem suchen")
    field.focus()
    field.press_sequentially("verei")
    box = page.get_by_role("listbox")
    box.wait_for()
    options = page.get_by_role("option")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-controls") == box.get_attribute("id")
    assert "Pfeiltasten" in page.locator("form[role=search] [role=status]").inner_text()

    field.press("ArrowDown")
    first = options.first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    last = options.last
    assert field.get_attribute("aria-activedescendant") == last.get_attribute("id")
    assert has_focus(page, "#q")

    field.press("Escape")
    assert box.is_hidden()
    assert field.input_value() == "verei"
    field.press("Enter")
    wait_for_search(page, "q=verei")

    field.fill("verein")
    box.wait_for()
    field.press("ArrowDown")
    goal = urlsplit(options.first.evaluate("node => node.href")).path
    field.press("Enter")
    page.wait_for_url(f"**{goal}")


def test_filters_by_keyboard_work_at_once_and_are_announced(visit, site):
    page = visit(f"{site.url}{SEARCH}?q=Verein")
    before = heading(page)
    box = page.get_by_role("checkbox", name="Material").first
    box.focus()
    box.press("Space")
    wait_for_search(page, "kind=resource")
    assert has_focus(page, "input[type=checkbox][value=resource]")
    assert page.get_by_role("checkbox", name="Material").first.is_checked()
    assert heading(page) != before
    assert page.locator("#announcement").inner_text() == heading(page)
    assert page.title().startswith(heading(page))

    page.keyboard.press("Space")
    wait_for_search(page, "q=Verein")
    page.wait_for_function(
        "before => document.getElementById('total').innerText === before", arg=before
    )
    assert "kind=" not in page.url
    assert has_focus(page, "input[type=checkbox][value=resource]")


def test_the_focus_is_never_lost(visit, site):
    page = visit(f"{site.url}{SEARCH}?q=Verein")
    steps = [
        ("sort=title", lambda: page.get_by_role("link", name="Titel A–Z").press("Enter")),
        ("kind=resource", lambda: page.locator("[type=checkbox][value=resource]").press("Space")),
        ("type=guide", lambda: page.locator("[type=checkbox][value=guide]").press("Space")),
        ("kind=resource", lambda: page.locator(".chips a").nth(1).press("Enter")),
        ("q=Verein", lambda: page.locator(".chips a").first.press("Enter")),
        ("q=Beratung", lambda: (page.locator("#q").fill("Beratung"), page.locator("#q").press("Enter"))),
    ]  # fmt: skip
    for part, do in steps:
        before = page.url
        do()
        page.wait_for_function("before => location.href !== before", arg=before)
        wait_for_search(page, part)
        assert has_focus(page, "#total, [name=kind], [name=type]"), part
        assert page.locator("article.card").count() > 0
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_back_and_forward_after_updates_in_the_page(visit, site):
    page = visit(f"{site.url}{SEARCH}?q=Verein")
    page.evaluate("window.isSamePage = true")
    first = (heading(page), page.title())
    page.locator("[type=checkbox][value=resource]").check()
    wait_for_search(page, "kind=resource")
    second = (heading(page), page.title())
    page.locator("#q").fill("Beratung")
    page.locator("#q").press("Enter")
    wait_for_search(page, "q=Beratung")
    assert "kind=resource" in page.url  # filters stay when the words change

    page.go_back()
    wait_for_search(page, "q=Verein")
    page.wait_for_function("title => document.title === title", arg=second[1])
    assert (heading(page), page.locator("#q").input_value()) == (second[0], "Verein")
    assert page.locator("[type=checkbox][value=resource]").is_checked()
    page.go_back()
    page.wait_for_function("title => document.title === title", arg=first[1])
    assert heading(page) == first[0]
    assert not page.locator("[type=checkbox][value=resource]").is_checked()
    page.go_forward()
    page.wait_for_function("title => document.title === title", arg=second[1])
    assert page.evaluate("window.isSamePage") is True


def test_the_link_to_a_search_is_copied_and_leads_to_it(visit, site):
    page = visit(f"{site.url}{SEARCH}?page=1&q=Verein&kind=resource&unknown=x")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Link kopieren").click()
    page.get_by_role("button", name="Der Link ist kopiert.").wait_for()
    assert page.locator("#announcement").inner_text() == "Der Link ist kopiert."
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site.url}{SEARCH}?q=Verein&kind=resource"
    expected = heading(page)
    page.goto(copied)
    assert heading(page) == expected


def test_everything_works_without_scripts(visit, site):
    page = visit(
        site.url + SEARCH, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page.locator("#q").fill("Verein")
    with page.expect_navigation():
        page.locator("#q").press("Enter")
    assert "„Verein“" in heading(page)
    page.locator(".filters > summary").click()
    page.locator("[type=checkbox][value=resource]").check()
    page.locator("[name=year_from]").fill("2001")
    press(page, ".filters__form button[type=submit]")
    assert "kind=resource" in page.url
    assert "year_from=2001" in page.url
    assert page.locator(".filters__count").inner_text() == "2"
    assert page.get_by_role("button", name="Link kopieren").count() == 0
    press(page, "a:has-text('Titel A–Z')")
    titles = [title.casefold() for title in page.locator(".card__title").all_inner_texts()]
    assert len(titles) > 1
    press(page, ".chips__reset")
    assert page.url == f"{site.url}{SEARCH}?q=Verein"
    page.goto(f"{site.url}{SEARCH}?sort=title")
    press(page, "a:has-text('Weiter')")
    assert "page=2" in page.url
    page.goto(f"{site.url}{SEARCH}?q=xyzxyzxyz")
    press(page, "a:has-text('Das fehlt')")
    assert page.locator("#id_query").input_value() == "xyzxyzxyz"
    press(page, "main form button[type=submit]")
    assert page.locator(".notice--success").is_visible()


def test_hits_speak_their_own_language_and_run_in_its_direction(visit, site):
    page = visit(f"{site.url}{SEARCH}?q=Sonderfall&language=ar")
    title = page.locator(".card__title").first
    assert title.get_attribute("lang") == "ar"
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert page.locator(".badge--language").first.inner_text() == "Arabisch"
    page.goto(f"{site.url}{SEARCH}?q={quote('دليل العمل')}")
    assert page.locator("#q").evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert page.locator("#total").evaluate("node => getComputedStyle(node).direction") == "ltr"
    german = page.locator(".card__title", has_text="und weiter auf Deutsch")
    assert german.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert german.locator("mark").count() == 2


def test_filters_on_a_phone_are_folded_and_say_how_many_are_chosen(visit, site):
    phone = {"width": 360, "height": 800}
    page = visit(f"{site.url}{SEARCH}?q=Verein&kind=resource&type=guide", viewport=phone)
    assert not page.locator("details.filters").evaluate("node => node.open")
    summary = page.locator(".filters > summary")
    assert summary.inner_text().split() == ["Filtern", "2"]
    summary.press("Enter")
    page.locator("[type=checkbox][value=guide]").press("Space")
    page.wait_for_function("() => !location.search.includes('type=')")
    # The reader goes on choosing: what she has unfolded stays so.
    assert page.locator("details.filters").evaluate("node => node.open")
    assert has_focus(page, "[type=checkbox][value=guide]")


def test_nothing_moves_for_people_who_asked_for_that(visit, site):
    page = visit(f"{site.url}{SEARCH}?q=Verein", reduced_motion="reduce")
    page.locator("[type=checkbox][value=resource]").check()
    assert page.evaluate("document.getAnimations().length") == 0
    moving = """() => [...document.querySelectorAll('*')].filter(node => {
        const style = getComputedStyle(node);
        return style.transitionDuration !== '0s' || style.animationName !== 'none'
            || style.scrollBehavior === 'smooth';
    }).map(node => node.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []


@pytest.mark.parametrize("state", ["first visit", "hits", "filters and chips", "Arabic texts"])
def test_a_first_visit_is_light(visit, site, state):
    page = visit("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(site.url + SEARCH + STATES[state])
    page.wait_for_load_state("networkidle")
    assert 0 < len(sizes) <= FIRST_VISIT_REQUESTS
    assert 0 < sum(sizes) <= FIRST_VISIT_BYTES
    assert page.context.cookies() == []
