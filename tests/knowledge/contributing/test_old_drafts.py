"""Drafts nobody touches: one mail, and two weeks later they are gone, with their files."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from knowledge.models import DraftFile, ResourceDraft
from knowledge.services.drafts import forgetting
from nexsm.accounts import retention
from nexsm.base.models import Document, OutgoingMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return UserFactory(name="Ada", language="de")


@pytest.fixture
def begun(owner):
    """Makes a draft that was last touched so many days ago."""

    def make(days, **fields):
        at = timezone.now() - days * DAY
        return ResourceDraft.objects.create(**{"owner": owner, "updated_at": at, **fields})

    return make


def after(days):
    """What the rules of the site do so many days from now: drafts warned about and deleted."""
    done = {one.name: one.count for one in retention.apply(timezone.now() + days * DAY)}
    return done["old drafts, warned"], done["old drafts, deleted"]


def test_one_mail_names_all_drafts_and_two_weeks_later_they_are_gone(owner, begun):
    begun(170, values={"title": "Satzung <b>verstehen</b>"})
    begun(167)
    young = begun(100)

    assert after(0) == (2, 0)
    mail = OutgoingMail.objects.get()
    assert mail.to == owner.email
    assert "Satzung <b>verstehen</b>" in mail.text
    assert "/de/mitmachen/material/" in mail.text
    assert after(13) == (0, 0)
    assert after(14) == (0, 2)
    assert list(ResourceDraft.objects.all()) == [young]
    assert OutgoingMail.objects.count() == 1


def test_without_a_mail_nothing_is_deleted_however_old_it_is(begun):
    begun(1000)
    assert after(0) == (1, 0)
    assert after(1) == (0, 0)
    assert after(14) == (0, 1)


def test_who_goes_on_with_a_draft_keeps_it_and_is_told_again_half_a_year_later(begun):
    draft = begun(170, values={"title": "Feste"})
    after(0)
    ResourceDraft.objects.filter(pk=draft.pk).update(updated_at=timezone.now() + 2 * DAY)

    assert after(20) == (0, 0)
    assert after(2 + 166) == (1, 0)
    assert OutgoingMail.objects.count() == 2
    assert after(2 + 180) == (0, 1)


def test_files_go_with_the_draft(begun, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = begun(200)
    document = Document.objects.create(title="x", file=ContentFile(b"Text", "x.txt"))
    DraftFile.objects.create(draft=draft, document=document)
    after(0)
    after(14)
    assert not Document.objects.exists()


def test_who_cannot_sign_in_gets_no_mail(owner, begun):
    owner.is_active = False
    owner.save()
    begun(200)
    assert after(0) == (1, 0)
    assert not OutgoingMail.objects.exists()
    assert after(14) == (0, 1)


def test_the_trace_of_what_was_sent_goes_without_a_word(begun):
    begun(400, sent_at=timezone.now() - 181 * DAY)
    recent = begun(400, sent_at=timezone.now() - 179 * DAY)
    assert forgetting.warn_about_old(timezone.now()) == 0
    assert after(0) == (0, 1)
    assert list(ResourceDraft.objects.all()) == [recent]
