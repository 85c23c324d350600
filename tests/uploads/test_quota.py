"""How much a member and an organisation may upload."""

import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from nexsm.base.media import quota
from nexsm.base.media.refusals import NotStoredError
from nexsm.base.models import Document, Image, UploadAccount
from tests.base import media_corpus as corpus
from tests.factories.accounts import EditorFactory, UserFactory


def upload(user=None, organisation=None, content=corpus.PDF):
    return Document.objects.create(
        title="x",
        file=ContentFile(content, "x.pdf"),
        uploaded_by_user=user,
        organisation_id=organisation,
    )


def refusal(**upload):
    with pytest.raises(ValidationError) as caught:
        quota.check(**upload)
    return caught.value


def test_what_fits_is_allowed(member):
    quota.check(user=member, organisation_id=uuid.uuid4(), size=1000)


def test_documents_and_pictures_of_a_member_are_summed_up(member, settings):
    document = upload(member)
    picture = Image.objects.create(
        title="x", file=ContentFile(corpus.picture("PNG"), "x.png"), uploaded_by_user=member
    )
    upload(UserFactory())
    assert quota.usage_of_member(member).used == document.file_size + picture.file_size
    settings.UPLOAD_MEMBER_BYTES = quota.usage_of_member(member).used + 10
    quota.check(user=member, size=10)
    refused = refusal(user=member, size=11)
    assert refused.code == "quota_member"
    assert "11" in refused.message


def test_deleting_a_file_gives_the_space_back(member, settings):
    document = upload(member)
    settings.UPLOAD_MEMBER_BYTES = document.file_size
    assert refusal(user=member, size=1).code == "quota_member"
    document.delete()
    quota.check(user=member, size=1)


def test_an_organisation_shares_its_space(member, settings):
    ours, other = uuid.uuid4(), uuid.uuid4()
    settings.UPLOAD_ORGANISATION_BYTES = len(corpus.PDF) + 5
    upload(UserFactory(), ours)
    assert refusal(user=member, organisation_id=ours, size=6).code == "quota_organisation"
    quota.check(user=member, organisation_id=other, size=6)


def test_a_replaced_file_is_not_counted_twice(member, settings):
    document = upload(member)
    settings.UPLOAD_MEMBER_BYTES = document.file_size
    quota.check(user=member, size=document.file_size, replaced=document.file_size)
    document.file = ContentFile(corpus.PDF, "y.pdf")
    document.save()


def test_uploads_of_a_day_stay_counted_when_they_are_deleted(member, settings):
    settings.UPLOAD_MEMBER_DAY_FILES = 2
    with time_machine.travel("2026-05-05 10:00", tick=False):
        upload(member).delete()
        upload(member).delete()
        assert refusal(user=member, size=1).code == "quota_day"
        with pytest.raises(NotStoredError):
            upload(member)
    with time_machine.travel("2026-05-06 10:00", tick=False):
        upload(member)
    account = UploadAccount.objects.get(user=member)
    assert (account.day_files, account.day_bytes) == (1, len(corpus.PDF))


def test_bytes_of_a_day_are_limited(member, settings):
    settings.UPLOAD_MEMBER_DAY_BYTES = len(corpus.PDF) + 9
    upload(member)
    quota.check(user=member, size=9)
    assert refusal(user=member, size=10).code == "quota_day"


def test_people_with_access_to_the_admin_and_programs_are_not_limited(db, settings):
    settings.UPLOAD_MEMBER_BYTES = settings.UPLOAD_MEMBER_DAY_FILES = 0
    upload(EditorFactory())
    upload(None)
    assert not UploadAccount.objects.exists()


def test_what_does_not_fit_is_not_stored_and_leaves_nothing(member, settings, stored):
    settings.UPLOAD_MEMBER_BYTES = 10
    with pytest.raises(NotStoredError):
        upload(member)
    assert not Document.objects.exists()
    assert not UploadAccount.objects.exists()
    assert stored() == []


def test_a_refused_replacement_leaves_the_file_of_before(
    member, settings, stored, django_capture_on_commit_callbacks
):
    document = upload(member)
    settings.UPLOAD_MEMBER_BYTES = document.file_size
    before = stored()
    document.file = ContentFile(corpus.PDF + b" " * 100 + b"%%EOF", "y.pdf")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(NotStoredError):
        document.save()
    assert stored() == before
    assert Document.objects.get().file.storage.exists(Document.objects.get().file.name)


def test_when_the_disk_is_nearly_full_nobody_uploads(db, settings):
    settings.UPLOAD_DISK_PERCENT = 0
    refused = refusal(user=EditorFactory(), size=1)
    assert refused.code == "storage_full"
    assert refused.message.startswith("Speicher voll.")
