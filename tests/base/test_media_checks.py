"""What may come in, by content; and what becomes of names."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from nexsm.base.media.checks import check_document, check_image
from nexsm.base.media.names import clean_file_name, clean_line

from . import media_corpus as corpus


def upload(sample):
    return SimpleUploadedFile(sample.name, sample.content)


def labels(samples):
    return {"argvalues": samples, "ids": [sample.label for sample in samples]}


@pytest.mark.parametrize("sample", **labels(corpus.GOOD_IMAGES))
def test_good_pictures_pass_and_can_be_opened_again(sample):
    checked = check_image(upload(sample))
    before = Image.open(io.BytesIO(sample.content))
    after = Image.open(checked)
    after.load()
    assert after.size == before.size
    moves = before.format != "PNG"  # the image library of the site cannot open moving PNGs
    assert getattr(after, "n_frames", 1) == (getattr(before, "n_frames", 1) if moves else 1)


@pytest.mark.parametrize("sample", **labels(corpus.BAD_IMAGES))
def test_bad_pictures_are_refused_with_the_reason(sample):
    with pytest.raises(ValidationError) as caught:
        check_image(upload(sample))
    assert caught.value.code == sample.reason


@pytest.mark.parametrize("sample", **labels(corpus.GOOD_DOCUMENTS))
def test_good_documents_pass_unchanged(sample):
    checked = check_document(upload(sample))
    if not checked.content_type.startswith("image/"):
        assert checked.read() == sample.content


@pytest.mark.parametrize("sample", **labels(corpus.BAD_DOCUMENTS))
def test_bad_documents_are_refused_with_the_reason(sample):
    with pytest.raises(ValidationError) as caught:
        check_document(upload(sample))
    assert caught.value.code == sample.reason


def test_too_big_files_are_refused(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 50
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50
    for check, sample in (
        (check_document, corpus.GOOD_DOCUMENTS[0]),
        (check_image, corpus.GOOD_IMAGES[0]),
    ):
        with pytest.raises(ValidationError) as caught:
            check(upload(sample))
        assert caught.value.code == "file_size"


def test_protection_by_password_is_noticed():
    locked = {"locked.pdf", "locked.docx"}
    for sample in corpus.GOOD_DOCUMENTS:
        assert check_document(upload(sample)).is_encrypted is (sample.name in locked)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("check", [check_image, check_document])
def test_place_camera_and_author_are_removed(kind, check):
    content = corpus.with_place(kind)
    assert any(secret in content for secret in corpus.SECRETS)
    name = f"photo.{kind.lower()}"
    cleaned = check(SimpleUploadedFile(name, content)).read()
    assert not [secret for secret in corpus.SECRETS if secret in cleaned]
    picture = Image.open(io.BytesIO(cleaned))
    assert dict(picture.getexif()) == {}
    assert not set(picture.info) & {"exif", "xmp", "XML:com.adobe.xmp", "comment", "Comment"}


def test_comment_in_a_gif_is_removed():
    content = corpus.picture("GIF", comment=b"HIDDENNOTE")
    assert b"HIDDENNOTE" in content
    assert b"HIDDENNOTE" not in check_image(SimpleUploadedFile("a.gif", content)).read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_turned_the_right_way_up(kind):
    # 6: the top of the picture is at the right side of what is stored.
    content = corpus.with_place(kind, orientation=6)
    picture = Image.open(check_image(SimpleUploadedFile(f"a.{kind.lower()}", content)))
    assert picture.size == (30, 40)
    red, green, _blue = picture.convert("RGB").getpixel((28, 2))
    assert red > 200
    assert green < 60


def test_what_is_hidden_behind_a_picture_is_not_kept():
    content = corpus.picture("PNG") + b"<script>alert(1)</script>"
    assert b"<script>" not in check_image(SimpleUploadedFile("a.png", content)).read()


def test_colour_profile_is_kept():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = corpus.picture("JPEG", icc_profile=profile)
    picture = Image.open(check_image(SimpleUploadedFile("a.jpg", content)))
    assert picture.info["icc_profile"] == profile


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("Übersicht für Köln.pdf", "Übersicht für Köln.pdf"),
        ("U\u0308bersicht.pdf", "Übersicht.pdf"),
        ("دليل المنظمات.pdf", "دليل المنظمات.pdf"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\evil.pdf", "evil.pdf"),
        ("C:\\temp\\evil.pdf", "evil.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("null\0byte.pdf", "nullbyte.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("\u200bzero\ufeff.pdf", "zero.pdf"),
        ('"quoted"; x=y.pdf', "quoted; x=y.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("archive.exe.pdf", "archive.exe.pdf"),
        (".pdf", "file.pdf"),
        ("....pdf", "file.pdf"),
        ("   .pdf", "file.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("a" * 400 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_file_names_become_harmless(name, clean):
    assert clean_file_name(name, "pdf") == clean


def test_titles_are_one_line_without_bidi_controls():
    assert clean_line("a\u202eb\r\nc\td") == "ab c d"


@pytest.mark.parametrize(
    "text", ["\u200d\u200d", "\u3164", "\u2800 \u2800", "\u0301", "\ufe0f\u200c"]
)
def test_a_line_in_which_nothing_can_be_seen_is_empty(text):
    assert clean_line(text) == ""


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क\u094d\u200dष", "…", "42", "🎉", "?"])
def test_a_line_with_something_to_see_stays_with_its_joiners(text):
    assert clean_line(text) == text
