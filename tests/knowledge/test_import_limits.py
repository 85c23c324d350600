"""What an import on the web does not do: pile up, write for others, become part of a page."""

import errno
import os

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile

from knowledge.models import ImportRun, Resource, Standing
from knowledge.services.imports import decisions, execution, import_files, web_limits
from nexsm.base.media import disk
from tests.factories.knowledge import MembershipFactory, OrganisationFactory
from tests.knowledge.import_pages import GERMAN, checked, text, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Verein A")


@pytest.fixture
def owner(client, organisation):
    user = MembershipFactory(organisation=organisation, role="owner").user
    client.force_login(user)
    return user


def test_unfinished_imports_do_not_pile_up(client, owner, organisation):
    for number in range(web_limits.MAX_UNFINISHED):
        upload(client, GERMAN, name=f"{number}.csv", organisation=organisation.pk)

    refused = upload(client, GERMAN, organisation=organisation.pk)

    assert "viele Importe begonnen" in text(refused)
    assert ImportRun.objects.count() == web_limits.MAX_UNFINISHED
    decisions.discard(ImportRun.objects.first())
    assert upload(client, GERMAN, organisation=organisation.pk).status_code == 302


@pytest.mark.parametrize("change", ["left", "blocked"])
def test_an_import_that_waited_asks_once_more_who_may_write(change, client, owner, organisation):
    checked(client, GERMAN, organisation)
    run = ImportRun.objects.get()
    decisions.decide(run, publish=False, send=False, keep=set(), keep_rest=True)
    if change == "left":
        owner.memberships.all().delete()
    else:
        Standing.objects.create(organisation=organisation, trust="blocked")

    execution.write(run)

    run.refresh_from_db()
    assert run.state == "failed"
    assert not Resource.objects.exists()


def test_cells_of_a_file_stay_text_on_the_page_about_its_columns(client, owner, organisation):
    response = upload(
        client, "Titel;Notiz\nSatzung;<img src=x onerror=alert(1)>\n", organisation=organisation.pk
    )

    page = client.get(response.url).content.decode()

    assert "&lt;img src=x" in page
    assert "<img src=x" not in page


def test_a_list_for_which_the_disk_has_no_space_is_refused(
    client, owner, organisation, monkeypatch
):
    full = disk.Disk(total=1000, free=10)
    monkeypatch.setattr(disk, "disk_of", lambda _folder: full)

    refused = upload(client, GERMAN, organisation=organisation.pk)

    assert "Speicher voll" in text(refused)
    assert not ImportRun.objects.exists()


@pytest.mark.usefixtures("owner")
def test_a_disk_that_becomes_full_meanwhile_leaves_no_half_list(
    client, organisation, monkeypatch, settings, tmp_path
):
    settings.DATA_DIR = tmp_path

    def full(_upload):
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(InMemoryUploadedFile, "chunks", full)

    refused = upload(client, GERMAN, organisation=organisation.pk)

    assert "Speicher voll" in text(refused)
    assert not ImportRun.objects.exists()
    assert list(import_files.path_of(ImportRun().public_id).parent.iterdir()) == []
