"""One site for the whole run.

One process runs all tests of this folder (see tests/conftest.py), so it is made once.
"""

from urllib.parse import urlsplit

import pytest

from tests.e2e.site import manage, running_site

PROGRAMMES = """
from tests.e2e import conferences
conferences.make_seven_tracks("sieben")
conferences.make_long_workshop("lang")
conferences.make_two_going_on("beides")
conferences.make_day("jetzt", "live")
conferences.make_day("doku", "documented", is_documented=True)
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as a newcomer meets it; tests must not undo each other."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def programmes(site):
    """Conferences that strain the layout of a programme."""
    manage("shell", "--verbosity=0", "--command", PROGRAMMES, env=site.env)


@pytest.fixture
def visit_programme(browser, site, programmes):
    """Opens a page in a new browser; afterwards nobody else was asked and nothing was refused."""
    contexts, asked, refused = [], set(), []

    def opening(path, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.on("console", lambda message: refused.append(message.text))
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.goto(site.url + path)
        return page

    yield opening
    cookies = [cookie["name"] for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert cookies == []
    assert asked - {None, ""} <= {"localhost"}
    assert refused == []
