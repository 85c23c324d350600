"""Every page around one's own account answers in our design, and the second step works."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django.utils import translation

from nexsm.accounts.templatetags.accounts import device_name
from tests.factories.accounts import PASSWORD

OPEN_PAGES = [
    ("account_login", []),
    ("account_signup", []),
    ("account_email_verification_sent", []),
    ("account_confirm_email", ["no-such-key"]),
    ("account_reset_password", []),
    ("account_reset_password_done", []),
    ("account_reset_password_from_key", ["1", "no-key"]),
    ("account_reset_password_from_key_done", []),
    ("account_inactive", []),
]
OWN_PAGES = [
    "accounts:overview",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
]
PAGES_AFTER_REAUTHENTICATION = [
    "mfa_activate_totp",
    "mfa_add_webauthn",
]


def assert_ours(response):
    html = response.content.decode()
    assert response.status_code == 200
    assert "nexsm/css/base.css" in html
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert '<meta name="robots" content="noindex">' in html


@pytest.fixture
def signed_in(client, member):
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    return client


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def show_again_who_it_is(browser):
    response = browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert response.status_code == 302


def switch_on_app(browser):
    show_again_who_it_is(browser)
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    response = browser.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert response.status_code == 302


@pytest.mark.parametrize(("name", "arguments"), OPEN_PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_open_pages_are_ours(client, db, name, arguments, language):
    path = reverse(name, args=arguments).replace("/de/", f"/{language}/", 1)
    assert_ours(client.get(path))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_are_ours(signed_in, name):
    assert_ours(signed_in.get(reverse(name)))


@pytest.mark.parametrize("name", PAGES_AFTER_REAUTHENTICATION)
def test_pages_of_the_second_step_ask_again_who_it_is(signed_in, name):
    assert signed_in.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    show_again_who_it_is(signed_in)
    assert_ours(signed_in.get(reverse(name)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_ask_visitors_to_sign_in(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 302


def test_unverified_person_is_asked_to_look_at_mails(client, db):
    client.post(
        reverse("account_signup"), {"email": "new@example.org", "password1": "quite a long secret"}
    )
    assert_ours(client.get(reverse("account_email_verification_sent")))


def test_wrong_input_is_named_at_the_field(client, db):
    html = client.post(reverse("account_signup"), {"email": "x", "password1": ""}).content.decode()
    assert "error-summary" in html
    assert 'aria-invalid="true"' in html


def test_name_is_saved_as_one_clean_line(signed_in, member):
    signed_in.post(
        reverse("accounts:overview"), {"name": "  Ayşe\u202e \r\n Nur  ", "language": "de"}
    )
    member.refresh_from_db()
    assert member.name == "Ayşe Nur"


def test_other_fields_of_the_account_cannot_be_written(signed_in, member):
    signed_in.post(
        reverse("accounts:overview"),
        {
            "name": "A",
            "language": "de",
            "is_superuser": "1",
            "is_staff": "1",
            "email": "x@example.org",
        },
    )
    before = member.email
    member.refresh_from_db()
    assert (member.is_superuser, member.is_staff, member.email) == (False, False, before)


def test_link_to_the_editors_area_is_for_editors(client, member, editor):
    for user, shown in ((member, False), (editor, True)):
        client.force_login(user)
        assert (b'href="/admin/"' in client.get(reverse("accounts:overview")).content) is shown


def test_new_address_counts_after_it_is_confirmed(signed_in, member, mailoutbox):
    signed_in.post(reverse("account_email"), {"email": "other@example.org", "action_add": ""})
    assert_ours(signed_in.get(reverse("account_email")))
    member.refresh_from_db()
    assert member.email != "other@example.org"
    mail = next(mail for mail in mailoutbox if mail.to == ["other@example.org"])
    link = next(line for line in mail.body.splitlines() if "confirm-email" in line)
    signed_in.post(link.split("localhost:8000")[-1])
    member.refresh_from_db()
    assert member.email == "other@example.org"


def test_second_step_is_asked_for_after_it_is_switched_on(signed_in, client, member):
    switch_on_app(signed_in)
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert_ours(signed_in.get(reverse(name)))
    assert_ours(signed_in.get(reverse("mfa_deactivate_totp")))
    signed_in.post(reverse("account_logout"))
    response = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert response["Location"] == reverse("mfa_authenticate")
    assert SESSION_KEY not in client.session
    assert_ours(client.get(reverse("mfa_authenticate")))
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    recovery = codes.get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": recovery})["Location"] == "/"
    assert client.session[SESSION_KEY] == str(member.pk)
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    again = client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert again.status_code == 200
    assert SESSION_KEY not in client.session


def test_changes_are_told_by_mail(signed_in, member, mailoutbox):
    switch_on_app(signed_in)
    signed_in.post(reverse("mfa_deactivate_totp"))
    signed_in.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "a brand new secret",
            "password2": "a brand new secret",
        },
    )
    assert len(mailoutbox) == 2
    assert {tuple(mail.to) for mail in mailoutbox} == {(member.email,)}
    assert all(mail.subject.startswith("[NexSM] ") for mail in mailoutbox)
    assert all("\n" not in mail.subject for mail in mailoutbox)


def test_signing_in_elsewhere_can_be_ended(signed_in, member):
    from django.test import Client

    other = Client(headers={"user-agent": "Mozilla/5.0 (Android 16) Firefox/150.0"})
    other.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    page = signed_in.get(reverse("usersessions_list"))
    assert b"Firefox, Android" in page.content
    signed_in.post(reverse("usersessions_list"))
    assert other.get(reverse("accounts:overview")).status_code == 302
    assert signed_in.get(reverse("accounts:overview")).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0",
            "Firefox, Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge, Windows"),
    ],
)
def test_devices_are_named_in_words(user_agent, words):
    assert device_name(user_agent) == words


def test_a_strange_browser_is_called_unknown():
    with translation.override("en"):
        assert device_name("") == device_name("<script>alert(1)</script>") == "Unknown browser"


def test_forms_have_labels_and_no_placeholders(client, db):
    for name in ("account_login", "account_signup", "account_reset_password"):
        html = client.get(reverse(name)).content.decode()
        assert "placeholder=" not in html.split("<main")[1].split("</main")[0]
