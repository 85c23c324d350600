"""The pages with which somebody takes her data along or deletes her account."""

import io
import json
import zipfile

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from wagtail.models import ModelLogEntry

from nexsm.accounts.models import User
from tests.factories.accounts import PASSWORD
from tests.factories.knowledge import MembershipFactory, ResourceFactory

from .test_account_pages import assert_ours, show_again_who_it_is


def in_charge_alone(member):
    """The organisation of which the member is the only owner; somebody else belongs to it."""
    organisation = MembershipFactory(user=member, role="owner").organisation
    MembershipFactory(organisation=organisation)
    return organisation


@pytest.fixture
def recent(client, member):
    """A member who has just shown again who it is."""
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    show_again_who_it_is(client)
    return client


@pytest.mark.parametrize("name", ["accounts:data", "accounts:delete"])
def test_pages_are_ours_and_ask_again_who_it_is(client, member, name):
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    show_again_who_it_is(client)
    assert_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", ["accounts:export", "accounts:delete"])
def test_nothing_happens_without_showing_again_who_it_is(client, member, name):
    client.force_login(member)
    response = client.post(reverse(name))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=member.pk).exists()


def test_two_presses_after_the_overview_bring_the_zip(recent, member):
    ResourceFactory(title="Mein Leitfaden", created_by=member)
    assert "Materialien, die Sie eingetragen haben" in (
        recent.get(reverse("accounts:data")).content.decode()
    )
    response = recent.post(reverse("accounts:export"))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="nexsm-meine-daten-')
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        data = json.loads(archive.read("data.json"))
    response.close()
    assert data["account"]["email"] == member.email
    assert data["held"]["knowledge.Resource.created_by"][0]["title"] == "Mein Leitfaden"


def test_exports_are_limited(recent):
    for _ in range(11):
        response = recent.post(reverse("accounts:export"))
        response.close()
    assert response.status_code == 429


def test_the_page_says_what_goes_and_what_stays(recent, member):
    ResourceFactory(created_by=member)
    MembershipFactory(user=member, role="member")
    html = recent.get(reverse("accounts:delete")).content.decode()
    goes, stays = html.split("Das bleibt, ohne Ihren Namen")
    assert "Ihre Mitgliedschaften in Organisationen" in goes
    assert "Materialien, die Sie eingetragen haben" in stays
    assert "Seiten, die Sie angelegt haben" not in html


def test_one_press_deletes_the_account_and_signs_out(recent, member):
    response = recent.post(reverse("accounts:delete"))
    assert response["Location"] == reverse("accounts:deleted")
    assert SESSION_KEY not in recent.session
    assert not User.objects.filter(pk=member.pk).exists()
    assert_ours(recent.get(response["Location"]))
    assert recent.get(reverse("accounts:overview")).status_code == 302


def test_the_last_owner_is_refused_with_reason_and_link(recent, member):
    organisation = in_charge_alone(member)
    page = reverse("knowledge:organisation_people", args=[organisation.public_id])
    for response in (
        recent.get(reverse("accounts:delete")),
        recent.post(reverse("accounts:delete")),
    ):
        html = response.content.decode()
        assert response.status_code == 200
        assert organisation.name in html
        assert f'href="{page}"' in html
        assert "button--danger" not in html
    assert User.objects.filter(pk=member.pk).exists()


def test_language_of_mails_is_that_of_the_page_one_signs_up_on(client, db):
    for language in ("de", "en"):
        url = reverse("account_signup").replace("/de/", f"/{language}/", 1)
        email = f"{language}@example.org"
        client.post(url, {"email": email, "password1": "quite a long secret"})
        assert User.objects.get(email=email).language == language


def test_language_of_mails_can_be_changed(recent, member):
    recent.post(reverse("accounts:overview"), {"name": "Nur", "language": "en"})
    member.refresh_from_db()
    assert (member.name, member.language) == ("Nur", "en")
    recent.post(reverse("accounts:overview"), {"name": "Nur", "language": "xx"})
    member.refresh_from_db()
    assert member.language == "en"


def test_an_administrator_deletes_an_account_with_its_traces(client, administrator, member):
    client.force_login(administrator)
    url = reverse("wagtailusers_users:delete", args=[member.pk])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert not User.objects.filter(pk=member.pk).exists()
    entry = ModelLogEntry.objects.get(action="wagtail.delete")
    assert (entry.user, entry.label) == (administrator, "Ehemaliges Mitglied")


@pytest.mark.parametrize("is_owner", [True, False])
def test_an_administrator_deletes_several_accounts(client, administrator, member, is_owner):
    if is_owner:
        in_charge_alone(member)
    client.force_login(administrator)
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    client.post(f"{url}?id={member.pk}", {"id": member.pk})
    assert User.objects.filter(pk=member.pk).exists() is is_owner
    labels = ModelLogEntry.objects.values_list("label", flat=True)
    assert member.name not in labels


def test_both_owners_at_once_are_not_deleted_and_it_is_said_why(client, administrator, member):
    organisation = in_charge_alone(member)
    other = MembershipFactory(organisation=organisation, role="owner").user
    client.force_login(administrator)
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    response = client.post(f"{url}?id={member.pk}&id={other.pk}", follow=True)
    html = response.content.decode()
    assert "only owner" in html
    assert "No account was deleted" in html
    assert User.objects.filter(pk__in=[member.pk, other.pk]).count() == 2
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def test_an_administrator_cannot_leave_an_organisation_without_owners(
    client, administrator, member
):
    in_charge_alone(member)
    client.force_login(administrator)
    response = client.post(reverse("wagtailusers_users:delete", args=[member.pk]), follow=True)
    assert "only owner" in response.content.decode()
    assert User.objects.filter(pk=member.pk).exists()
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()
