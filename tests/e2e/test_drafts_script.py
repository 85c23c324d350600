"""What the script of the drafts does by itself, on a page with nothing but a form."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.e2e

FORM = """<form data-once action="about:blank" target="elsewhere">
  <textarea name="message"></textarea><button class="button--primary">Send</button>
</form><iframe name="elsewhere"></iframe>"""
COMING_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


@pytest.fixture
def form_page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(FORM)
    page.add_script_tag(content=Path(finders.find("nexsm/js/drafts.js")).read_text())
    page.locator("[name=message]").fill("Bitte vor dem Sommer.")
    yield page
    context.close()


def test_coming_back_keeps_what_was_typed_and_not_sent(form_page):
    form_page.evaluate(COMING_BACK)
    form_page.locator(".button--primary").click()  # waits for a page that is being loaded

    assert form_page.locator("[name=message]").input_value() == "Bitte vor dem Sommer."


def test_coming_back_to_a_form_that_was_sent_makes_it_new(form_page):
    form_page.locator(".button--primary").click()
    with form_page.expect_navigation():
        form_page.evaluate(COMING_BACK)


AUTOSAVED = """<form data-autosave action="http://drafts.example/step"><input name="title">
<p data-saved data-unsaved="Not saved."></p></form>"""
ALLOWED = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, '{"text": "Saved."}', "Saved."),
        (401, '{"text": "Signed out."}', "Signed out."),
        (403, "<html>An old token</html>", "Not saved."),
        (0, "", "Not saved."),
    ],
)
def test_what_became_of_saving_in_passing_stands_at_the_form(browser, status, body, told):
    context = browser.new_context()
    page = context.new_page()

    def answer(route):
        if status:
            route.fulfill(status=status, body=body, headers=ALLOWED)
        else:
            route.abort()

    page.route("http://drafts.example/**", answer)
    page.set_content(AUTOSAVED)
    page.add_script_tag(content=Path(finders.find("nexsm/js/drafts.js")).read_text())
    page.locator("[name=title]").fill("Lange getippt")

    page.locator("[data-saved]", has_text=told).wait_for()
    assert page.locator("[data-saved]").text_content() == told
    context.close()


@pytest.mark.parametrize(("how", "saved"), [("leave", ["Gerade getippt"]), ("send", [])])
def test_leaving_saves_at_once_and_sending_does_not(browser, how, saved):
    context = browser.new_context()
    page = context.new_page()
    titles = []

    def answer(route):
        if route.request.headers.get("x-nexsm-autosave"):
            titles.append(route.request.post_data.removeprefix("title=").replace("+", " "))
        route.fulfill(status=200, body='{"text": "Saved."}', headers=ALLOWED)

    page.route("http://drafts.example/**", answer)
    page.goto("http://drafts.example/step")
    page.set_content(AUTOSAVED)
    page.add_script_tag(content=Path(finders.find("nexsm/js/drafts.js")).read_text())
    page.locator("[name=title]").fill("Gerade getippt")
    with page.expect_navigation():
        if how == "send":
            page.evaluate("document.querySelector('form').requestSubmit()")
        else:
            page.evaluate("location.href = 'http://drafts.example/other'")
    for _look in range(50):  # what is sent on leaving may arrive after the next page
        if titles or how == "send":
            break
        page.wait_for_timeout(100)

    assert titles == saved
    context.close()


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [(401, '{"text": "Signed out."}', "Signed out."), (403, "<html>", "Not saved.")],
)
def test_who_only_looks_at_another_tab_reads_on_return_what_became_of_it(
    browser, status, body, told
):
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://drafts.example/**",
        lambda route: route.fulfill(status=status, body=body, headers=ALLOWED),
    )
    page.set_content(AUTOSAVED)
    page.add_script_tag(content=Path(finders.find("nexsm/js/drafts.js")).read_text())
    page.clock.install()  # the pause after the last key never ends
    page.locator("[name=title]").fill("Gerade getippt")
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )

    page.locator("[data-saved]", has_text=told).wait_for()
    context.close()
