"""An administrator gives an account another address: the old mailbox opens it no more."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from nexsm.base.mail.delivery import deliver_due
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import PASSWORD, UserFactory

from .test_code_sign_in import ask, code_in

NEW = "new@example.org"


def replace(client, administrator, user, **data):
    client.force_login(administrator)
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    typed = {"email": NEW, "name": user.name, "is_active": "on", **data}
    return client.post(url, typed)


def mails_to(address):
    return [mail for mail in OutgoingMail.objects.order_by("pk") if mail.to == address]


@pytest.fixture
def factors(member):
    """Two passkeys, an app and recovery codes of the member."""
    for kind in ("webauthn", "webauthn", "totp", "recovery_codes"):
        Authenticator.objects.create(user=member, type=kind, data={})
    return Authenticator.objects.filter(user=member)


@pytest.fixture
def moved(client, administrator, member):
    """A member whose address was replaced, and the address she had."""
    former = member.email
    EmailAddress.objects.create(user=member, email="pending@example.org")
    assert replace(client, administrator, member).status_code == 302
    deliver_due()
    OutgoingMail.objects.all().delete()
    member.refresh_from_db()
    return member, former


def test_only_the_new_address_is_known_and_nobody_has_proved_it(moved):
    member, _former = moved
    address = EmailAddress.objects.get(user=member)
    assert (address.email, address.primary, address.verified) == (NEW, True, False)
    assert member.email == NEW


@pytest.mark.parametrize("form", ["account_request_login_code", "account_reset_password"])
def test_only_the_new_mailbox_gets_codes_and_links(moved, form):
    _member, former = moved
    for address in (former, "pending@example.org", NEW):
        Client().post(reverse(form), {"email": address})
    assert {mail.to for mail in OutgoingMail.objects.all()} == {NEW}


def test_the_new_mailbox_opens_the_account(moved, mailoutbox):
    browser = Client()
    ask(browser, NEW)
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})
    member, _former = moved
    assert browser.session[SESSION_KEY] == str(member.pk)
    assert EmailAddress.objects.get(user=member).verified


def test_password_and_sessions_end(client, administrator, member):
    browser = Client()
    login = {"login": member.email, "password": PASSWORD}
    browser.post(reverse("account_login"), login)
    assert SESSION_KEY in browser.session
    replace(client, administrator, member)
    assert SESSION_KEY not in browser.session
    assert Client().post(reverse("account_login"), {**login, "login": NEW}).status_code == 200


def test_a_code_or_link_that_is_under_way_ends(client, administrator, member, mailoutbox):
    browser = Client()
    ask(browser, member.email)
    code = code_in(mailoutbox[-1])
    browser.post(reverse("account_reset_password"), {"email": member.email})
    lines = mailoutbox[-1].body.splitlines()
    link = next(line for line in lines if "/password/reset/" in line).split("localhost:8000")[-1]
    replace(client, administrator, member)
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert SESSION_KEY not in browser.session
    assert browser.get(link, follow=True).context["token_fail"]
    assert EmailAddress.objects.get(user=member).email == NEW


def test_both_addresses_are_told(client, administrator, member):
    former = member.email
    replace(client, administrator, member)
    for address in (former, NEW):
        (mail,) = mails_to(address)
        assert mail.subject == "Ihr Konto hat eine andere Adresse"
        assert reverse("account_reset_password") in mail.text
        assert NEW not in mail.text


def test_a_password_typed_with_it_is_kept(client, administrator, member):
    typed = "told on the telephone"
    replace(client, administrator, member, password1=typed, password2=typed)
    member.refresh_from_db()
    assert member.check_password(typed)


def test_the_same_address_in_capitals_changes_nothing(client, administrator, member):
    replace(client, administrator, member, email=member.email.upper())
    member.refresh_from_db()
    assert EmailAddress.objects.get(user=member).verified
    assert member.check_password(PASSWORD)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_of_another_account_is_refused(client, administrator, member, verified):
    EmailAddress.objects.create(user=UserFactory(), email=NEW, verified=verified)
    response = replace(client, administrator, member)
    assert response.context["form"].errors["email"]
    member.refresh_from_db()
    assert member.email != NEW


def test_nobody_replaces_her_own_address_here(client, administrator):
    replace(client, administrator, administrator)
    administrator.refresh_from_db()
    assert administrator.email != NEW
    assert EmailAddress.objects.get(user=administrator).verified


def test_passkeys_and_apps_stay_unless_the_mailbox_was_taken_over(
    client, administrator, member, factors
):
    former = member.email
    replace(client, administrator, member)
    assert factors.count() == 4
    for address in (former, NEW):
        (mail,) = mails_to(address)
        assert "gelten weiter" in mail.text
        assert "wurden gelöscht" not in mail.text


def test_who_took_the_mailbox_over_has_no_passkey_or_app_any_more(
    client, administrator, member, factors
):
    former = member.email
    Authenticator.objects.create(user=administrator, type="webauthn", data={})
    replace(client, administrator, member, without_factors="on")
    assert not factors.exists()
    assert Authenticator.objects.filter(user=administrator).count() == 1
    for address in (former, NEW):
        (mail,) = mails_to(address)
        assert "wurden gelöscht" in mail.text
        assert "gelten weiter" not in mail.text


def test_the_form_says_how_many_passkeys_and_apps_there_are(client, administrator, member, factors):
    client.force_login(administrator)
    page = client.get(reverse("wagtailusers_users:edit", args=[member.pk]))
    field = page.context["form"]["without_factors"]
    assert "Passkeys and security keys of this account: 2. Apps: 1." in field.help_text
    assert 'name="without_factors"' in page.content.decode()
    assert not field.value()


@pytest.mark.usefixtures("factors")
def test_passkeys_and_apps_are_not_deleted_while_the_address_stays(client, administrator, member):
    response = replace(client, administrator, member, email=member.email, without_factors="on")
    assert response.context["form"].errors["without_factors"]
    assert Authenticator.objects.filter(user=member).count() == 4
    assert not OutgoingMail.objects.exists()


def test_nothing_is_said_of_factors_to_who_has_none(client, administrator, member):
    client.force_login(administrator)
    page = client.get(reverse("wagtailusers_users:edit", args=[member.pk]))
    assert "without_factors" not in page.context["form"].fields
    replace(client, administrator, member, without_factors="on")
    (mail,) = mails_to(NEW)
    assert "Passkey" not in mail.text
    assert "\n\n\n" not in mail.text
