"""Signing in with a code by e-mail."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from .test_account_pages import assert_ours, signed_in, switch_on_app  # noqa: F401 - a fixture

ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"


def code_in(mail):
    """The code stands in a line of its own."""
    return re.search(r"^([A-Z0-9-]{6,12})$", mail.body, re.MULTILINE)[1]


def ask(client, email, target=None):
    query = {"next": target} if target else None
    return client.post(reverse(ASK, query=query), {"email": email})


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_are_ours(client, member, language):
    path = reverse(ASK).replace("/de/", f"/{language}/", 1)
    assert_ours(client.get(path))
    confirm = client.post(path, {"email": member.email})["Location"]
    assert confirm.startswith(f"/{language}/")
    assert_ours(client.get(confirm))


def test_the_login_leads_there(client, db):
    html = client.get(reverse("account_login"), {"next": "/de/suche/"}).content.decode()
    assert f'href="{reverse(ASK)}?next=%2Fde%2Fsuche%2F"' in html


def test_a_code_signs_in(client, member, mailoutbox):
    response = ask(client, member.email.upper(), "/de/suche/")
    assert SESSION_KEY not in client.session
    (mail,) = mailoutbox
    assert mail.to == [member.email]
    assert mail.subject == "[NexSM] Ihr Code zum Anmelden"
    response = client.post(response["Location"], {"code": code_in(mail).lower()})
    assert response["Location"] == "/de/suche/"
    assert client.session[SESSION_KEY] == str(member.pk)


def test_a_code_works_once_and_in_one_browser(client, member, mailoutbox):
    ask(client, member.email)
    code, other = code_in(mailoutbox[0]), Client()
    assert other.post(reverse(CONFIRM), {"code": code})["Location"] == reverse(ASK)
    client.post(reverse(CONFIRM), {"code": code})
    client.post(reverse("account_logout"))
    assert client.post(reverse(CONFIRM), {"code": code})["Location"] == reverse(ASK)
    assert SESSION_KEY not in client.session


def test_a_code_is_valid_for_a_quarter_of_an_hour(client, member, mailoutbox, time_machine):
    time_machine.move_to("2026-11-28 12:00:00Z", tick=False)
    ask(client, member.email)
    time_machine.shift(15 * 60 + 1)
    client.post(reverse(CONFIRM), {"code": code_in(mailoutbox[0])})
    assert SESSION_KEY not in client.session


def test_a_wrong_code_can_be_mended_and_a_new_one_sent(client, member, mailoutbox):
    ask(client, member.email)
    response = client.post(reverse(CONFIRM), {"code": "WRONG"})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    client.post(reverse(CONFIRM), {"action": "resend"})
    assert len(mailoutbox) == 2
    client.post(reverse(CONFIRM), {"code": code_in(mailoutbox[1])})
    assert SESSION_KEY in client.session


def test_the_second_factor_is_asked_for_all_the_same(signed_in, client, member, mailoutbox):  # noqa: F811
    switch_on_app(signed_in)
    client.post(reverse("account_logout"))
    ask(client, member.email)
    response = client.post(reverse(CONFIRM), {"code": code_in(mailoutbox[-1])})
    assert response["Location"] == reverse("mfa_authenticate")
    assert SESSION_KEY not in client.session


def test_nobody_is_flooded_with_codes(member, mailoutbox):
    statuses = [ask(Client(), member.email).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert len(mailoutbox) == 3
