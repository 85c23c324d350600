"""Who may open a file, and with which headers it comes."""

import uuid

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from nexsm.base.media import publicity
from nexsm.base.models import Document, Image
from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.base import ContentPageFactory

from . import media_corpus as corpus


@pytest.fixture(autouse=True)
def _own_media_folder(settings, tmp_path):
    cache.clear()  # renditions of the test before, whose picture had the same number
    settings.MEDIA_ROOT = tmp_path / "media"


def make(name="Bericht für Köln.pdf", content=corpus.PDF):
    document = Document.objects.create(title="x", file=ContentFile(content, name))
    document.file.close()
    return document


@pytest.fixture
def document(db):
    return make()


@pytest.fixture
def public():
    """A room that says of every document that it is public."""

    def provider(_document, _viewer):
        return True

    publicity.register(provider)
    yield provider
    publicity.unregister(provider)


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return content


def test_unused_document_is_not_found(client, document):
    assert client.get(document.url).status_code == 404


def test_answer_is_the_same_as_for_a_document_that_does_not_exist(client, document):
    missing = reverse("file", args=[uuid.uuid4(), document.filename])
    first, second = client.get(document.url), client.get(missing)
    assert first.status_code == second.status_code == 404
    assert first.content.replace(document.url.encode(), b"") == second.content.replace(
        missing.encode(), b""
    )


def test_members_and_visitors_get_nothing_editors_everything(client, document):
    client.force_login(UserFactory())
    assert client.get(document.url).status_code == 404
    client.force_login(SuperuserFactory())
    response = client.get(document.url)
    assert body(response) == corpus.PDF
    assert response["Cache-Control"] == "private, no-store"


def test_a_room_can_make_a_document_public_for_one_viewer(client, document):
    chosen = UserFactory()

    def provider(asked, viewer):
        return asked == document and viewer == chosen

    publicity.register(provider)
    try:
        assert client.get(document.url).status_code == 404
        client.force_login(UserFactory())
        assert client.get(document.url).status_code == 404
        client.force_login(chosen)
        assert body(client.get(document.url)) == corpus.PDF
    finally:
        publicity.unregister(provider)
    assert client.get(document.url).status_code == 404


@pytest.mark.usefixtures("db", "public")
class TestPublicDocument:
    """A document somebody may open."""

    def test_headers(self, client, document):
        response = client.get(document.url)
        assert body(response) == corpus.PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Length"] == str(len(corpus.PDF))
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-cache"
        assert response["Content-Disposition"] == (
            "inline; filename*=UTF-8''Bericht%20f%C3%BCr%20K%C3%B6ln.pdf"
        )
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response.cookies == {}

    def test_head_request_has_no_body(self, client, document):
        response = client.head(document.url)
        assert response.status_code == 200
        assert response["Content-Length"] == str(len(corpus.PDF))
        response.close()

    @pytest.mark.parametrize("sample", corpus.GOOD_DOCUMENTS, ids=lambda sample: sample.label)
    def test_type_comes_from_our_table_and_only_harmless_ones_are_shown(self, client, sample):
        document = make(sample.name, sample.content)
        response = client.get(document.url, headers={"accept": "text/html"})
        body(response)
        assert response["Content-Type"] == document.content_type
        assert "html" not in response["Content-Type"]
        shown = response["Content-Disposition"].startswith("inline")
        assert shown is (sample.name.rsplit(".", 1)[1] in {"pdf", "png", "jpg"})
        if not sample.name.endswith(".pdf"):
            assert "sandbox" in response["Content-Security-Policy"]

    @pytest.mark.parametrize(
        "name", ["x.html", "old name.pdf", "a/b/c.pdf", "..%2f..%2fetc%2fpasswd", "x.pdf.exe", "ä"]
    )
    def test_any_name_in_the_address_works_and_changes_nothing(self, client, document, name):
        response = client.get(f"/dateien/{document.public_id}/{name}", {"x": ".html"})
        assert body(response) == corpus.PDF
        assert response["Content-Type"] == "application/pdf"
        assert "Bericht" in response["Content-Disposition"]

    def test_address_survives_a_replaced_file(self, client, document):
        before = document.url
        document.file = ContentFile(corpus.ODT, "second.odt")
        document.save()
        document.file.close()
        response = client.get(before)
        assert body(response) == corpus.ODT
        assert response["Content-Disposition"] == "attachment; filename*=UTF-8''second.odt"

    def test_names_cannot_break_the_header(self, client):
        document = make('a"; filename=x.html\r\nSet-Cookie: a=b;.pdf')
        response = client.get(document.url)
        body(response)
        assert response.cookies == {}
        assert response["Content-Disposition"].count(";") == 1

    def test_unchanged_file_is_not_sent_again(self, client, document):
        first = client.get(document.url)
        body(first)
        etag = first["ETag"]
        response = client.get(document.url, headers={"if-none-match": etag})
        assert response.status_code == 304
        assert response["Cache-Control"] == "private, no-cache"

    @pytest.mark.parametrize(
        ("wanted", "first", "last"),
        [
            ("bytes=0-9", 0, 9),
            ("bytes=5-", 5, None),
            ("bytes=-7", -7, None),
            ("bytes=3-99999", 3, None),
        ],
    )
    def test_part_of_a_file(self, client, document, wanted, first, last):
        response = client.get(document.url, headers={"range": wanted})
        assert response.status_code == 206
        expected = corpus.PDF[first : None if last is None else last + 1]
        assert response["Content-Length"] == str(len(expected))
        assert body(response) == expected
        assert response["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("wanted", ["bytes=99999-", "bytes=9-5", "bytes=-0"])
    def test_part_that_does_not_exist(self, client, document, wanted):
        response = client.get(document.url, headers={"range": wanted})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(corpus.PDF)}"

    @pytest.mark.parametrize(
        "wanted",
        [
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "items=0-1",
            "bytes=0-1,3-4",
            "bytes=" + "9" * 5000 + "-",
        ],
    )
    def test_senseless_part_means_the_whole_file(self, client, document, wanted):
        response = client.get(document.url, headers={"range": wanted})
        assert response.status_code == 200
        assert body(response) == corpus.PDF

    def test_part_of_an_older_file_is_not_mixed_in(self, client, document):
        response = client.get(document.url, headers={"range": "bytes=0-3", "if-range": '"old"'})
        assert response.status_code == 200
        body(response)

    def test_nothing_can_be_sent_there(self, client, document):
        for method in (client.post, client.put, client.delete, client.patch):
            assert method(document.url).status_code == 405

    def test_wagtails_address_leads_to_the_stable_one(self, client, document):
        response = client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))
        assert response.status_code == 302
        assert response["Location"] == document.url

    def test_missing_file_is_not_found(self, client, document):
        document.file.storage.delete(document.file.name)
        assert client.get(document.url).status_code == 404

    def test_private_collection_stays_private(self, client, document):
        collection = Collection.get_first_root_node().add_child(name="Private")
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
        Document.objects.filter(pk=document.pk).update(collection=collection)
        assert client.get(document.url).status_code == 404


def test_etag_says_nothing_about_a_file_one_may_not_open(client, document):
    etag = f'"{document.get_file_hash()}"'
    response = client.get(document.url, headers={"if-none-match": etag})
    assert response.status_code == 404
    assert "ETag" not in response


def test_wagtails_address_does_not_go_around_the_rule(client, document):
    path = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    assert client.get(path).status_code == 404
    client.force_login(UserFactory())
    assert client.get(path).status_code == 404


def page_with(document, **fields):
    block = {"type": "documents", "value": [document.pk]}
    return ContentPageFactory(body=[block], **fields)


def test_file_of_a_live_page_is_public_until_the_page_is_withdrawn(client, document):
    page = page_with(document)
    assert body(client.get(document.url)) == corpus.PDF
    page.unpublish()
    assert client.get(document.url).status_code == 404


def test_file_of_a_draft_page_is_not_public(client, document):
    page_with(document, live=False)
    assert client.get(document.url).status_code == 404


def test_file_of_a_restricted_page_is_not_public(client, document):
    page = page_with(document)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(document.url).status_code == 404


@pytest.fixture
def image(db):
    image = Image.objects.create(title="x", file=ContentFile(corpus.picture("PNG"), "private.png"))
    image.file.close()
    return image


def test_smaller_copies_of_pictures_are_public_and_stay_in_the_cache(client, image):
    rendition = image.get_rendition("width-10")
    rendition.file.close()
    response = client.get(rendition.url)
    assert body(response)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(SuperuserFactory())
    again = client.get(rendition.url)
    body(again)
    assert "immutable" in again["Cache-Control"]


def test_nothing_else_is_reached_by_its_path(client, image, document):
    rendition = image.get_rendition("width-10")
    rendition.file.close()
    name = rendition.file.name.removeprefix("images/")
    paths = [
        image.file.name,
        document.file.name,
        f"images/../{document.file.name}",
        f"images/..%2f{document.file.name}",
        f"images/%2e%2e/{document.file.name}",
        f"images//{name}",
        f"images/./{name}",
        f"images/../images/{name}",
        f"images\\{name}",
        f"images/{name}/",
        f"images/{name}%00.png",
        "images/",
        "images",
        "",
        "images/..png",
        "images/missing.png",
        "../settings.py",
        "..%2f..%2fetc%2fpasswd",
        "/etc/passwd",
        "avatar_images/a.png",
    ]
    for user in (None, SuperuserFactory()):
        if user:
            client.force_login(user)
        for path in paths:
            assert client.get(f"/media/{path}").status_code == 404, path
