"""The checks hold on every way a file can come in, and nothing bad stays behind."""

import io
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.images.models import Filter
from wagtail.models import Collection, UploadedFile

from nexsm.base.models import Document, Image, Rendition
from tests.factories.accounts import SuperuserFactory

from . import media_corpus as corpus

IMAGE_ROUTES = {
    "form": "/admin/images/add/",
    "multiple": "/admin/images/multiple/add/",
    "chooser": "/admin/images/chooser/create/",
}
DOCUMENT_ROUTES = {
    "form": "/admin/documents/add/",
    "multiple": "/admin/documents/multiple/add/",
    "chooser": "/admin/documents/chooser/create/",
}


@pytest.fixture
def media_root(settings, tmp_path):
    cache.clear()  # renditions of the test before, whose picture had the same number
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def admin(client, db, media_root):
    client.force_login(SuperuserFactory())
    return client


def send(client, routes, route, sample):
    upload = SimpleUploadedFile(sample.name, sample.content, content_type="application/pdf")
    data = {"title": "A title", "collection": Collection.objects.get().pk}
    if route == "multiple":
        data["files[]"] = upload
    elif route == "chooser":
        prefix = "image-chooser-upload-" if routes is IMAGE_ROUTES else "document-chooser-upload-"
        data = {prefix + key: value for key, value in data.items()} | {prefix + "file": upload}
    else:
        data["file"] = upload
    return client.post(routes[route], data, headers={"x-requested-with": "XMLHttpRequest"})


def stored_files(media_root):
    return [path for path in Path(media_root).rglob("*") if path.is_file()]


def upload_errors(response, route):
    if route == "multiple":
        answer = response.json()
        return [] if answer["success"] else answer["error_message"].splitlines()
    if response.context is None:
        return []
    return response.context["form"].errors.get("file", [])


@pytest.mark.any_database
@pytest.mark.parametrize("route", IMAGE_ROUTES)
def test_bad_pictures_are_refused_on_every_route(admin, media_root, route):
    for sample in corpus.BAD_IMAGES:
        response = send(admin, IMAGE_ROUTES, route, sample)
        assert response.status_code == 200, sample.label
        assert len(upload_errors(response, route)) == 1, sample.label
    assert not Image.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored_files(media_root) == []


@pytest.mark.any_database
@pytest.mark.parametrize("route", DOCUMENT_ROUTES)
def test_bad_documents_are_refused_on_every_route(admin, media_root, route):
    for sample in corpus.BAD_DOCUMENTS:
        response = send(admin, DOCUMENT_ROUTES, route, sample)
        assert response.status_code == 200, sample.label
        assert len(upload_errors(response, route)) == 1, sample.label
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored_files(media_root) == []


@pytest.mark.parametrize("route", IMAGE_ROUTES)
def test_good_pictures_come_in_on_every_route(admin, route):
    for number, sample in enumerate(corpus.GOOD_IMAGES, start=1):
        response = send(admin, IMAGE_ROUTES, route, sample)
        assert response.status_code in {200, 302}, sample.label
        assert Image.objects.count() == number, sample.label
    image = Image.objects.first()
    assert image.file_size == image.file.size
    assert len(image.file_hash) == 40
    assert image.uploaded_by_user is not None


@pytest.mark.parametrize("route", DOCUMENT_ROUTES)
def test_good_documents_come_in_on_every_route(admin, route):
    for number, sample in enumerate(corpus.GOOD_DOCUMENTS, start=1):
        response = send(admin, DOCUMENT_ROUTES, route, sample)
        assert response.status_code in {200, 302}, sample.label
        assert Document.objects.count() == number, sample.label
    document = Document.objects.get(download_name="report.pdf")
    assert document.file_size == len(corpus.PDF)
    assert document.content_type == "application/pdf"
    assert document.uploaded_by_user is not None


def test_the_reason_is_said_in_words(admin):
    sample = corpus.Sample("invoice.pdf", corpus.PE)
    html = send(admin, DOCUMENT_ROUTES, "form", sample).content.decode()
    assert "PDF" in html
    assert Document.objects.count() == 0


@pytest.mark.any_database
@pytest.mark.parametrize("sample", corpus.BAD_IMAGES[:14], ids=lambda sample: sample.label)
def test_a_program_cannot_store_a_bad_picture_either(db, media_root, sample):
    with pytest.raises(ValidationError):
        Image(title="x", file=ContentFile(sample.content, sample.name)).save()
    assert stored_files(media_root) == []


@pytest.mark.any_database
@pytest.mark.parametrize("sample", corpus.BAD_DOCUMENTS, ids=lambda sample: sample.label)
def test_a_program_cannot_store_a_bad_document_either(db, media_root, sample):
    with pytest.raises(ValidationError):
        Document.objects.create(title="x", file=ContentFile(sample.content, sample.name))
    assert stored_files(media_root) == []


def secrets_in(path):
    content = path.read_bytes()
    return [secret for secret in corpus.SECRETS if secret in content]


@pytest.mark.any_database
@pytest.mark.parametrize("route", IMAGE_ROUTES)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_stored_picture_says_where_it_was_taken(admin, media_root, route, kind):
    sample = corpus.Sample(f"home.{kind.lower()}", corpus.with_place(kind, orientation=6))
    send(admin, IMAGE_ROUTES, route, sample)
    image = Image.objects.get()
    assert (image.width, image.height) == (30, 40)
    for spec in ("original", "width-20", "max-10x10", "fill-10x10", "width-20|format-jpeg"):
        image.get_rendition(Filter(spec=spec)).file.close()
    files = stored_files(media_root)
    assert len(files) >= 6
    for path in files:
        assert secrets_in(path) == []
        with Picture.open(path) as picture:
            assert dict(picture.getexif()) == {}


def test_replacing_a_picture_is_checked_and_cleaned_too(admin, media_root):
    send(admin, IMAGE_ROUTES, "form", corpus.GOOD_IMAGES[0])
    image = Image.objects.get()
    url = f"/admin/images/{image.pk}/"
    data = {"title": "B", "collection": image.collection_id}
    bad = admin.post(url, data | {"file": SimpleUploadedFile("a.png", corpus.ztxt_bomb())})
    assert bad.status_code == 200
    good = corpus.with_place("JPEG")
    admin.post(url, data | {"file": SimpleUploadedFile("b.jpg", good)})
    image.refresh_from_db()
    assert image.title == "B"
    assert [path for path in stored_files(media_root) if secrets_in(path)] == []


def test_replaced_document_keeps_its_address(admin, media_root, django_capture_on_commit_callbacks):
    send(admin, DOCUMENT_ROUTES, "form", corpus.GOOD_DOCUMENTS[0])
    document = Document.objects.get()
    before = document.public_id
    second = SimpleUploadedFile("second edition.odt", corpus.ODT)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            f"/admin/documents/edit/{document.pk}/",
            {"title": "B", "collection": document.collection_id, "file": second},
        )
    document.refresh_from_db()
    assert document.public_id == before
    assert document.filename == "second edition.odt"
    assert document.content_type == "application/vnd.oasis.opendocument.text"
    assert len(stored_files(media_root)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil.pdf",
        "a\u202efdp.pdf",
        "a\r\nX-Header: 1.pdf",
        "\u200f\u200e.pdf",
        "ملف عن المنظمات.pdf",
        "x" * 200 + ".pdf",
        "con.pdf",
        "a b  c.PDF",
    ],
)
def test_the_name_on_disk_is_ours(db, media_root, name):
    document = Document.objects.create(title="x", file=ContentFile(corpus.PDF, name))
    document.file.close()
    (path,) = stored_files(media_root)
    assert path.parent == Path(media_root) / "documents"
    assert path.stem.isalnum()
    assert len(path.stem) == 32
    assert path.suffix == ".pdf"
    assert document.filename.isprintable()
    assert "/" not in document.filename
    assert len(document.filename) <= 120


def test_title_from_a_file_name_is_one_clean_line(admin):
    upload = SimpleUploadedFile("a.pdf", corpus.PDF)
    admin.post(
        DOCUMENT_ROUTES["form"],
        {"title": "exe\u202efdp", "file": upload, "collection": Collection.objects.get().pk},
    )
    assert Document.objects.get().title == "exefdp"


def test_too_big_a_file_is_refused_before_it_is_read(admin, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
    for routes, sample in (
        (IMAGE_ROUTES, corpus.GOOD_IMAGES[0]),
        (DOCUMENT_ROUTES, corpus.GOOD_DOCUMENTS[0]),
    ):
        for route in routes:
            assert upload_errors(send(admin, routes, route, sample), route)


def test_upload_pages_name_kinds_and_limit(admin):
    for path in ("/admin/images/add/", "/admin/documents/add/", "/admin/documents/multiple/add/"):
        html = admin.get(path).content.decode()
        assert "PDF" in html or "PNG" in html
        assert "MB" in html
        # As a word: random tokens in the page may hold the three letters.
        assert not re.search(r"\bSVG\b", html)


def test_renditions_belong_to_our_model(db, media_root):
    content = io.BytesIO(corpus.picture("PNG")).getvalue()
    image = Image.objects.create(title="x", file=ContentFile(content, "x.png"))
    rendition = image.get_rendition("width-10")
    rendition.file.close()
    image.file.close()
    assert isinstance(rendition, Rendition)
    assert rendition.url.startswith("/media/images/")
