"""The look for viruses: found, nothing found, scanner down, scanner absent."""

import socket
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection, ModelLogEntry

from nexsm.base.file_notes import file_notes
from nexsm.base.media import publicity, quarantine
from nexsm.base.media.checks import check_document, check_image
from nexsm.base.media.scanning import ScanState
from nexsm.base.models import Document
from tests.base import media_corpus as corpus

from . import fake_clamd
from .fake_clamd import EICAR

VIRUS = SimpleUploadedFile("invoice.txt", EICAR)


@pytest.fixture
def clamd(settings):
    with fake_clamd.running() as clamd:
        settings.CLAMAV = clamd.setting
        yield clamd


@pytest.fixture
def no_clamd(settings):
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV = f"127.0.0.1:{free.getsockname()[1]}"
        yield


@pytest.fixture
def everything_is_public():
    def provider(_document, _viewer):
        return True

    publicity.register(provider)
    yield
    publicity.unregister(provider)


def send(client, content):
    return client.post(
        "/admin/documents/add/",
        {
            "title": "x",
            "collection": Collection.objects.get().pk,
            "file": SimpleUploadedFile("report.txt", content),
        },
    )


def document_of(content=b"Some text.", **fields):
    return Document.objects.create(title="x", file=ContentFile(content, "a.txt"), **fields)


def test_what_the_scanner_finds_is_refused_and_noted(admin, clamd, stored):
    response = send(admin, EICAR)
    assert response.context["form"].errors.as_data()["file"][0].code == "malware"
    assert not Document.objects.exists()
    assert stored() == []
    entry = ModelLogEntry.objects.get(action="base.malware")
    assert entry.user == response.context["user"]
    assert entry.data == {"signature": "Eicar-Test-Signature", "file": "report.txt"}
    assert "Eicar-Test-Signature" in str(entry.message)


def test_a_file_without_findings_comes_in_and_was_seen_whole(admin, clamd):
    content = b"Some text. " * 20_000
    assert send(admin, content).status_code == 302
    assert Document.objects.get().scan_state == ScanState.CLEAN
    assert clamd.scanned == [content]


@pytest.mark.usefixtures("everything_is_public")
@pytest.mark.parametrize("mood", ["garbage", "limit", "gone", "silent"])
def test_a_scanner_that_gives_no_answer_puts_the_file_in_quarantine(
    admin, client, clamd, mood, monkeypatch
):
    monkeypatch.setattr("nexsm.base.media.scanning.ANSWER_SECONDS", 0.3)
    clamd.mood = mood
    assert send(admin, b"Some text.").status_code == 302
    document = Document.objects.get()
    assert document.scan_state == ScanState.WAITING
    assert client.get(document.url).status_code == 404  # although this is an editor
    clamd.end.set()


@pytest.mark.usefixtures("everything_is_public")
def test_while_the_scanner_is_down_files_wait_and_come_out_when_it_is_back(client, db, settings):
    with fake_clamd.running() as clamd:
        settings.CLAMAV = clamd.setting
        clamd.mood = "gone"
        good, bad = document_of(), document_of(EICAR)
        quarantine.scan_waiting()
        for document in (good, bad):
            assert client.get(document.url).status_code == 404
        assert set(file_notes([good.pk, bad.pk])) == {good.pk, bad.pk}
        assert client.get("/readyz").json()["virus_scanner"] == {
            "ok": False,
            "state": "down",
            "waiting": 2,
        }
        clamd.mood = "honest"
        quarantine.scan_waiting()
        assert client.get("/readyz").json()["virus_scanner"] == {
            "ok": True,
            "state": "up",
            "waiting": 0,
        }
        response = client.get(good.url)
        assert b"".join(response.streaming_content) == b"Some text."
        response.close()
        assert client.get(bad.url).status_code == 404
        bad.refresh_from_db()
        assert bad.scan_state == ScanState.FOUND
        assert ModelLogEntry.objects.get(action="base.malware").object_id == str(bad.pk)
        assert set(file_notes([good.pk, bad.pk])) == {bad.pk}


def test_a_scanner_that_nobody_answers_for_is_down(client, db, no_clamd):
    assert document_of().scan_state == ScanState.WAITING
    assert client.get("/readyz").json()["status"] == "degraded"


def test_a_setting_that_makes_no_sense_counts_as_down(db, settings):
    settings.CLAMAV = "somewhere"
    assert document_of().scan_state == ScanState.WAITING


def test_one_file_the_scanner_will_not_take_does_not_hold_up_the_others(db, clamd, monkeypatch):
    clamd.mood = "gone"
    document_of(b"too big"), document_of(b"fine")
    clamd.mood = "honest"

    def scan(file):
        if file.read() == b"too big":
            raise quarantine.ScannerDownError("INSTREAM size limit exceeded. ERROR")
        return ""

    monkeypatch.setattr(quarantine, "scan", scan)
    quarantine.scan_waiting()
    assert sorted(Document.objects.values_list("scan_state", flat=True)) == ["clean", "waiting"]


def test_without_a_scanner_files_come_in_and_the_status_page_says_so(client, db, settings):
    assert settings.CLAMAV == ""
    assert document_of(EICAR).scan_state == ScanState.NONE
    assert client.get("/readyz").json()["virus_scanner"] == {
        "ok": True,
        "state": "none",
        "waiting": 0,
    }


def test_nothing_waits_for_a_scanner_that_was_given_up(db, settings, no_clamd):
    document_of()
    settings.CLAMAV = ""
    quarantine.scan_waiting()
    assert Document.objects.get().scan_state == ScanState.NONE


def test_the_scanner_may_be_reached_by_a_socket(db, settings, tmp_path):
    address = f"/tmp/clamd-{uuid.uuid4().hex[:8]}"  # noqa: S108 - names of sockets must be short
    with fake_clamd.running(family=socket.AF_UNIX, address=address) as clamd:
        settings.CLAMAV = clamd.setting
        assert check_document(SimpleUploadedFile("a.txt", b"text")).scan_state == ScanState.CLEAN
        with pytest.raises(ValidationError):
            check_document(VIRUS)


def test_pictures_are_not_sent_because_only_their_pixels_are_kept(clamd):
    content = corpus.picture("PNG") + EICAR
    assert EICAR not in check_image(SimpleUploadedFile("a.png", content)).read()
    assert clamd.scanned == []
