"""Signing in and one's own account in a real browser, with the strict policy in force."""

import pytest

from tests.e2e.accessibility import problems_of
from tests.e2e.site import served_with

pytestmark = pytest.mark.e2e

OPEN_PAGES = [
    "login/",
    "login/code/",
    "geloescht/",
    "signup/",
    "confirm-email/",
    "confirm-email/no-such-key/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-no-key/",
    "inactive/",
]
OWN_PAGES = [
    "",
    "email/",
    "password/change/",
    "2fa/",
    "2fa/webauthn/",
    "sessions/",
    "reauthenticate/",
    "logout/",
]
# After showing again who it is.
RECENT_PAGES = ["daten/", "loeschen/"]
PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1280, "height": 900}


def sign_in(page, site, email, password):
    page.goto(f"{site.url}/en/konto/login/?next=/en/konto/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main .button--primary")


def show_again_who_it_is(page, password):
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main .button--primary")


def lose_the_session_while_typing(context, page, site):
    """Send a form of whose session and token nothing is left."""
    page.goto(f"{site.url}/en/konto/")
    page.fill("[name=name]", "Ada")
    context.clear_cookies()
    with page.expect_navigation():
        page.click("main .button--primary")
    assert "not been sent yet" in page.inner_text("h1")


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_account_pages_are_accessible(browser, site, viewport, scheme):
    context = browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    problems = {}
    for path in OPEN_PAGES:
        page.goto(f"{site.url}/de/konto/{path}")
        problems[path] = problems_of(page)
    email, password = next(iter(site.accounts.items()))
    sign_in(page, site, email, "wrong")
    problems["wrong password"] = problems_of(page)
    sign_in(page, site, email, password)
    for path in OWN_PAGES:
        page.goto(f"{site.url}/en/konto/{path}")
        problems[path] = problems_of(page)
    page.goto(f"{site.url}/en/konto/2fa/totp/activate/")
    show_again_who_it_is(page, password)
    problems["app"] = problems_of(page)
    for path in RECENT_PAGES:
        page.goto(f"{site.url}/en/konto/{path}")
        problems[path] = problems_of(page)
    lose_the_session_while_typing(context, page, site)
    problems["kept form"] = problems_of(page)
    page.goto(f"{site.url}/de/konto/login/code/")
    page.fill("[name=email]", email)
    with page.expect_navigation():
        page.click("main .button--primary")
    assert page.locator("[name=code]").count() == 1
    problems["code"] = problems_of(page)
    context.close()
    assert {path: found for path, found in problems.items() if found} == {}


def test_an_editor_without_a_second_factor_is_led_to_one(browser, site, tmp_path):
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    with served_with(site, tmp_path / "strict.log", NEXSM_REQUIRE_SECOND_FACTOR="1") as strict:
        sign_in(page, strict, "editor@example.org", site.accounts["editor@example.org"])
        page.goto(f"{strict.url}/admin/")
        assert page.url.endswith("/konto/zweiter-schritt/")
        problems = problems_of(page)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="dark")
        problems += problems_of(page)
    context.close()
    assert problems == []


def test_signing_in_with_a_passkey(browser, site):
    context = browser.new_context()
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append((message.type, message.text)))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    email, password = list(site.accounts.items())[-1]
    sign_in(page, site, email, password)
    page.goto(f"{site.url}/en/konto/2fa/webauthn/add/")
    show_again_who_it_is(page, password)
    page.fill("[name=name]", "My phone")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/2fa/recovery-codes/")
    page.goto(f"{site.url}/en/konto/logout/")
    with page.expect_navigation():
        page.click("main .button--primary")
    page.goto(f"{site.url}/en/konto/login/?next=/en/konto/")
    page.click("#passkey_login")
    page.wait_for_url(f"{site.url}/en/konto/")
    assert email in page.inner_text("main")
    page.goto(f"{site.url}/en/konto/2fa/webauthn/")
    page.click("text=Remove")
    if "reauthenticate" in page.url:
        show_again_who_it_is(page, password)
    with page.expect_navigation():
        page.click("main .button--danger")
    context.close()
    assert [text for kind, text in refused if kind == "error"] == []


@pytest.mark.parametrize("has_javascript", [True, False], ids=["script", "no script"])
def test_what_was_typed_arrives_after_the_session_has_ended(browser, site, has_javascript):
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=has_javascript, bypass_csp=has_javascript
    )
    page = context.new_page()
    email, password = list(site.accounts.items())[-1]
    sign_in(page, site, email, password)
    page.fill("[name=name]", "Ada aus Aden")
    session = [cookie for cookie in context.cookies() if cookie["name"] != "sessionid"]
    context.clear_cookies()
    context.add_cookies(session)
    with page.expect_navigation():
        page.click("main .button--primary")
    assert "What you typed is kept" in page.inner_text("main")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main .button--primary")
    assert page.inner_text("h1") == "What you typed is still here"
    assert not has_javascript or problems_of(page) == []
    with page.expect_navigation():
        page.click("main .button--primary")
    assert page.input_value("[name=name]") == "Ada aus Aden"
    context.close()
