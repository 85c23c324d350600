"""A disk without space: the form says so, nothing half is left, reading goes on."""

import errno
import os
import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection

from nexsm.base.media import disk
from nexsm.base.models import Document, Image
from tests.base import media_corpus as corpus

BIG = corpus.PDF + os.urandom(6 << 20).replace(b"\0", b"1") + b"\n%%EOF"


@pytest.fixture
def small_disk(media_root):
    """A real disk of five megabytes. Where it cannot be made, that is no answer on a build server."""
    folder = Path(media_root)
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", folder]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        if os.environ.get("REQUIRE_SERVICES"):
            pytest.fail(f"No small disk: {result.stderr}")
        pytest.skip(f"mounting a small disk needs root: {result.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def no_space(monkeypatch):
    """The second block that is written to a file does not fit any more."""
    fsync = os.fsync

    def full(descriptor):
        fsync(descriptor)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("nexsm.base.media.storage.os.fsync", full)


def send(client, path, content=corpus.PDF, **data):
    data = {
        "title": "Kept title",
        "collection": Collection.objects.get().pk,
        "file": SimpleUploadedFile("x.pdf", content),
    } | data
    return client.post(path, data)


def test_a_disk_that_is_full_is_said_at_the_field(admin, small_disk, stored):
    response = send(admin, "/admin/documents/add/", BIG)
    assert response.status_code == 200
    assert response.context["form"].errors["file"][0].startswith("Storage full")
    assert response.context["form"]["title"].value() == "Kept title"
    assert not Document.objects.exists()
    assert stored() == []
    assert send(admin, "/admin/documents/add/").status_code == 302
    assert len(stored()) == 1


def test_reading_goes_on_while_the_disk_is_full(admin, client, small_disk, stored):
    send(admin, "/admin/documents/add/")
    document = Document.objects.get()
    with (small_disk / "ballast").open("wb", buffering=0) as ballast:
        while ballast.write(bytes(64 << 10)) == 64 << 10:
            pass  # a write that is cut short took the last block
    response = client.get(document.url)
    assert b"".join(response.streaming_content) == corpus.PDF
    response.close()
    assert disk.probe() == {"ok": False, "used_percent": 100}


@pytest.mark.usefixtures("no_space")
class TestNoSpace:
    """The same without a disk of its own."""

    def test_document(self, admin, stored):
        response = send(admin, "/admin/documents/add/")
        assert response.status_code == 200
        assert response.context["form"].errors["file"][0].startswith("Storage full")
        assert response.context["form"]["title"].value() == "Kept title"
        assert not Document.objects.exists()
        assert stored() == []

    def test_document_by_multiple_upload(self, admin, stored):
        upload = SimpleUploadedFile("x.pdf", corpus.PDF)
        response = admin.post(
            "/admin/documents/multiple/add/",
            {"collection": Collection.objects.get().pk, "files[]": upload},
            headers={"x-requested-with": "XMLHttpRequest"},
        )
        assert response.status_code == 200
        assert response.json()["error_message"].startswith("Storage full")
        assert stored() == []

    def test_picture(self, admin, stored):
        picture = SimpleUploadedFile("x.png", corpus.picture("PNG"))
        response = send(admin, "/admin/images/add/", file=picture)
        assert response.context["form"].errors["file"][0].startswith("Storage full")
        assert not Image.objects.exists()
        assert stored() == []

    def test_replacing_a_document_keeps_the_one_of_before(self, admin, monkeypatch, stored):
        with monkeypatch.context() as patch:
            patch.setattr("nexsm.base.media.storage.os.fsync", lambda _descriptor: None)
            send(admin, "/admin/documents/add/")
        before = stored()
        document = Document.objects.get()
        response = send(admin, f"/admin/documents/edit/{document.pk}/", title="New title")
        assert response.context["form"].errors["file"][0].startswith("Storage full")
        assert response.context["form"]["title"].value() == "New title"
        document.refresh_from_db()
        assert document.title == "Kept title"
        assert stored() == before

    def test_a_page_is_shown_without_its_picture(self, admin, monkeypatch, stored):
        with monkeypatch.context() as patch:
            patch.setattr("nexsm.base.media.storage.os.fsync", lambda _descriptor: None)
            picture = SimpleUploadedFile("x.png", corpus.picture("PNG", (400, 300)))
            send(admin, "/admin/images/add/", file=picture)
        assert admin.get("/admin/images/").status_code == 200
        assert len(stored()) == 1


def test_another_error_of_the_disk_is_not_called_full(admin, monkeypatch, stored):
    def broken(_descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("nexsm.base.media.storage.os.fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        send(admin, "/admin/documents/add/")
    assert stored() == []


def test_a_store_elsewhere_has_no_disk_to_look_at(monkeypatch):
    monkeypatch.setitem(storages.__dict__["_storages"], "default", object())
    assert disk.media_disk() is None
    disk.check_space(10**18)
    assert disk.probe() == {"ok": True, "state": "elsewhere"}
