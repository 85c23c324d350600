"""Loading into an empty database, and what happens when it cannot be done."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, Site

from conference.models import ConferencePage
from knowledge.models import Membership, Organisation, Resource
from nexsm.accounts.models import User
from nexsm.demo import content
from nexsm.demo.content import DataError
from nexsm.demo.loader import load
from nexsm.demo.loader.resources import ResourceLoader
from tests.factories.knowledge import OrganisationFactory


def test_a_failed_run_leaves_nothing_behind(db, monkeypatch):
    written = []

    def fail(self, data):
        written.append(self.files.document(content.resources()[0], ["A"]))
        raise DataError("broken")

    monkeypatch.setattr(ResourceLoader, "load", fail)
    with pytest.raises(DataError, match="broken"):
        load()
    assert not ConferencePage.objects.exists()
    file = written[0].file
    assert not file.storage.exists(file.name)


def test_without_examples_only_the_facts_are_loaded(db, capsys):
    call_command("load_demo", "--no-examples")
    assert not Resource.objects.exists()
    assert Organisation.objects.count() == 2
    assert ConferencePage.objects.count() == 1
    assert "sessions: 11 created" in capsys.readouterr().out


def test_a_site_somebody_set_up_stays(db):
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.site_name = "wissen.example.org", "Mein Wissen"
    site.save()
    load(with_examples=False)
    site.refresh_from_db()
    assert (site.hostname, site.site_name) == ("wissen.example.org", "Mein Wissen")
    assert Page.objects.filter(pk=site.root_page_id).exists()


def test_accounts_are_made_once_and_their_passwords_printed(db, capsys):
    call_command("load_demo", "--no-examples", "--accounts")
    printed = capsys.readouterr().out
    users = {user.email: user for user in User.objects.all()}
    assert set(users) == {
        f"{name}@example.org" for name in ("editor", "reviewer", "owner", "member", "superuser")
    }
    passwords = dict(
        line.removeprefix("account ").split("  password ")
        for line in printed.splitlines()
        if line.startswith("account ")
    )
    assert all(users[email].check_password(password) for email, password in passwords.items())
    assert len(passwords) == 5
    call_command("load_demo", "--no-examples", "--accounts")
    assert "password" not in capsys.readouterr().out
    roles = {
        email.split("@")[0]: user.has_perm("wagtailadmin.access_admin")
        for email, user in users.items()
    }
    assert roles == {
        "editor": True,
        "reviewer": True,
        "owner": False,
        "member": False,
        "superuser": True,
    }


def test_the_owner_looks_after_an_example(db):
    OrganisationFactory(verification="verified")
    OrganisationFactory(is_example=True, verification="shadow")
    example = OrganisationFactory(is_example=True, verification="verified")
    for _ in range(2):
        call_command("load_demo", "--no-examples", "--accounts")
    membership = Membership.objects.get()
    assert (membership.user.email, membership.role) == ("owner@example.org", "owner")
    assert membership.organisation == example


@pytest.mark.parametrize("asked", [True, False])
def test_production_never_gets_test_accounts(db, settings, asked):
    settings.DEBUG = True
    settings.SETTINGS_MODULE = "nexsm.config.settings.production"
    if asked:
        with pytest.raises(CommandError, match="production"):
            call_command("load_demo", "--no-examples", "--accounts")
    else:
        call_command("load_demo", "--no-examples")
    assert not User.objects.exists()
