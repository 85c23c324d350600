"""Who can change the site signs in with two factors, where the settings say so."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import (
    PASSWORD,
    EditorFactory,
    ReviewerFactory,
    SuperuserFactory,
    UserFactory,
)

from .test_account_pages import assert_ours, switch_on_app

PAGE = "accounts:second_factor"
EDITING = [EditorFactory, ReviewerFactory, SuperuserFactory]


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def signed_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("factory", EDITING)
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/api/main/pages/"])
def test_the_admin_waits_for_a_second_factor(db, required, factory, path):
    client = signed_in(factory())
    for method in (client.get, client.post):
        response = method(path)
        assert (response.status_code, response["Location"]) == (302, reverse(PAGE))


def test_the_page_is_ours_and_leads_to_passkey_and_app(db, required):
    client = signed_in(EditorFactory())
    response = client.get(reverse(PAGE))
    assert_ours(response)
    for name in ("mfa_add_webauthn", "mfa_activate_totp"):
        assert f'href="{reverse(name)}"' in response.content.decode()


def test_the_admin_opens_when_the_app_is_switched_on(db, required):
    client = signed_in(EditorFactory())
    switch_on_app(client)
    assert client.get("/admin/").status_code == 200
    assert client.get(reverse(PAGE))["Location"] == "/admin/"
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert 'href="/admin/"' in codes


def test_the_app_is_asked_for_before_anything_opens(db, required):
    editor = EditorFactory()
    switch_on_app(signed_in(editor))
    client = signed_in(editor)
    assert SESSION_KEY not in client.session
    assert client.get("/admin/")["Location"].startswith(reverse("account_login"))


def test_recovery_codes_alone_are_no_factor(db, required):
    editor = EditorFactory()
    Authenticator.objects.create(user=editor, type="recovery_codes", data={"seed": "x"})
    client = Client()
    client.force_login(editor)
    assert client.get("/admin/")["Location"] == reverse(PAGE)


def test_who_switches_it_off_is_led_there_again(db, required):
    client = signed_in(EditorFactory())
    switch_on_app(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/admin/")["Location"] == reverse(PAGE)


def test_signing_out_of_the_admin_stays_possible(db, required):
    client = signed_in(EditorFactory())
    client.post("/admin/logout/")
    assert SESSION_KEY not in client.session


def test_members_need_none_and_are_refused_as_before(db, required):
    client = signed_in(UserFactory())
    assert client.get("/admin/").status_code == 403
    assert client.get(reverse(PAGE))["Location"] == reverse("mfa_index")


def test_trying_out_needs_none(db, settings):
    assert settings.REQUIRE_SECOND_FACTOR is False
    assert signed_in(EditorFactory()).get("/admin/").status_code == 200
