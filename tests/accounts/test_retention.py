"""What is deleted because of its age: the clock is moved, and everything counted."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.models import Invitation
from nexsm.accounts import privacy, retention
from nexsm.accounts.models import User
from nexsm.base import periodic
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import PASSWORD, EditorFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-28 12:00:00Z", tick=False)
    return time_machine


def applied():
    """What the rules did now, without those that did nothing."""
    return {result.name: result.count for result in retention.apply() if result.count}


def sign_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def unverified(email):
    client = Client()
    client.post(reverse("account_signup"), {"email": email, "password1": "quite a long secret"})
    return User.objects.get(email=email)


def test_unconfirmed_accounts_stay_a_week(clock):
    first = unverified("first@example.org")
    clock.shift(DAY * 4)
    second = unverified("second@example.org")
    UserFactory()
    clock.shift(DAY * 3)
    assert "unverified accounts" not in applied()
    clock.shift(timedelta(seconds=1))
    assert applied()["unverified accounts"] == 1
    assert not User.objects.filter(pk=first.pk).exists()
    clock.shift(DAY * 4)
    assert applied()["unverified accounts"] == 1
    assert not User.objects.filter(pk=second.pk).exists()
    assert User.objects.count() == 1


def test_an_account_made_by_an_administrator_waits_for_its_person(clock):
    User.objects.create_user("invited@example.org")
    clock.shift(DAY * 8)
    assert applied() == {}


def test_asking_for_a_link_deletes_no_account_that_an_administrator_made(client, clock):
    client.force_login(SuperuserFactory())
    client.post(reverse("wagtailusers_users:add"), {"email": "invited@example.org"})
    clock.shift(DAY * 20)
    Client().post(reverse("account_reset_password"), {"email": "invited@example.org"})
    assert EmailAddress.objects.get(email="invited@example.org").verified is False
    assert "unverified accounts" not in applied()
    assert User.objects.filter(email="invited@example.org").exists()


def test_an_account_whose_password_an_administrator_typed_waits_for_its_person(client, clock):
    client.force_login(SuperuserFactory())
    typed = {"email": "invited@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("wagtailusers_users:add"), typed)
    assert User.objects.get(email="invited@example.org").has_usable_password()
    clock.shift(DAY * 20)
    Client().post(reverse("account_reset_password"), {"email": "invited@example.org"})
    assert "unverified accounts" not in applied()


def test_an_unconfirmed_account_with_rights_waits_for_its_person(clock):
    unverified("first@example.org").groups.add(Group.objects.get(name="Editors"))
    clock.shift(DAY * 8)
    assert applied() == {}


def test_a_second_address_that_nobody_confirmed_deletes_no_account(clock):
    member = UserFactory()
    EmailAddress.objects.create(user=member, email="new@example.org", verified=False)
    clock.shift(DAY * 8)
    assert applied() == {}


def test_two_years_of_silence_bring_one_mail_and_half_a_year_later_the_end(clock):
    member = UserFactory(language="en", name="Nur")
    clock.shift(DAY * 730)
    assert applied() == {}
    clock.shift(DAY)
    assert applied() == {"inactive accounts, warned": 1}
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == (member.email, "Do you still need your account?")
    assert "Hello Nur," in mail.text
    assert "on May 29, 2029" in mail.text
    assert "http://localhost:8000/en/konto/login/" in mail.text
    assert "named as an author or in a programme" in mail.text
    clock.shift(DAY * 182)
    assert applied() == {}
    clock.shift(DAY)
    assert applied() == {"inactive accounts, deleted": 1}
    assert not User.objects.filter(pk=member.pk).exists()
    assert OutgoingMail.objects.count() == 0


def test_who_signs_in_after_the_mail_begins_anew(clock):
    member = UserFactory()
    clock.shift(DAY * 731)
    applied()
    sign_in(member)
    member.refresh_from_db()
    assert member.inactivity_warned_at is None
    clock.shift(DAY * 300)
    assert "inactive accounts, deleted" not in applied()
    clock.shift(DAY * 431)
    assert applied()["inactive accounts, warned"] == 1
    assert OutgoingMail.objects.count() == 2


def test_nobody_is_removed_soon_after_a_late_mail(clock):
    UserFactory()
    clock.shift(DAY * 1000)
    assert applied() == {"inactive accounts, warned": 1}
    clock.shift(DAY * 60)
    assert applied() == {}
    clock.shift(DAY)
    assert applied() == {"inactive accounts, deleted": 1}


def test_who_was_switched_off_is_deleted_without_a_mail(clock):
    UserFactory(is_active=False)
    clock.shift(DAY * 900)
    assert applied() == {}
    clock.shift(DAY * 30)
    assert applied() == {"inactive accounts, deleted": 1}
    assert OutgoingMail.objects.count() == 0


def test_who_runs_the_site_and_the_former_member_stay(clock):
    EditorFactory()
    SuperuserFactory()
    privacy.former_member()
    for _ in range(2):
        clock.shift(DAY * 1000)
        assert applied() == {}


def test_the_last_owner_stays(clock):
    membership = MembershipFactory(role="owner")
    owner, other = membership.user, EditorFactory()
    MembershipFactory(organisation=membership.organisation, user=other)
    clock.shift(DAY * 731)
    applied()
    clock.shift(DAY * 200)
    assert applied() == {}
    assert User.objects.filter(pk=owner.pk).exists()


def test_ended_sessions_go_with_what_was_noted_for_them(clock):
    member = UserFactory()
    sign_in(member)
    clock.shift(DAY * 10)
    lasting = sign_in(member)
    clock.shift(DAY * 5)
    assert applied() == {"ended sessions": 2}
    assert Session.objects.get().session_key == lasting.session.session_key
    assert UserSession.objects.get().session_key == lasting.session.session_key


def test_invitations_are_kept_thirty_days(clock):
    organisation = OrganisationFactory()
    for number, accepted_at in enumerate((None, timezone.now())):
        Invitation.objects.create(
            organisation=organisation,
            email=f"somebody{number}@example.org",
            token_hash=str(number),
            accepted_at=accepted_at,
        )
    clock.shift(DAY * 30)
    assert applied() == {}
    clock.shift(timedelta(seconds=1))
    assert applied() == {"invitations": 2}


def test_a_rule_that_fails_does_not_stop_the_others(clock, monkeypatch, caplog):
    def fail(now):
        raise RuntimeError

    unverified("first@example.org")
    clock.shift(DAY * 8)
    monkeypatch.setattr(retention, "_rules", {"broken": fail, **retention._rules})
    assert applied() == {"unverified accounts": 1}
    assert "The retention rule broken failed" in caplog.text


def test_the_command_counts_first_and_then_deletes(clock, capsys):
    unverified("first@example.org")
    clock.shift(DAY * 8)
    call_command("apply_retention", "--dry-run")
    assert "unverified accounts: 1" in capsys.readouterr().out
    assert User.objects.count() == 1
    call_command("apply_retention")
    assert "unverified accounts: 1" in capsys.readouterr().out
    assert User.objects.count() == 0


def test_the_worker_does_it(clock):
    unverified("first@example.org")
    clock.shift(DAY * 8)
    assert "retention" in periodic._jobs
    periodic._jobs["retention"].run()
    assert User.objects.count() == 0
