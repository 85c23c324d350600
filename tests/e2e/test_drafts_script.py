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
