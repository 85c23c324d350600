"""Stray files go, missing ones are named."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from nexsm.base import periodic
from nexsm.base.media.sweeping import sweep
from nexsm.base.models import Document, Image
from tests.base import media_corpus as made

pytestmark = pytest.mark.django_db
HOURS = 3600


def age(path, hours):
    moment = path.stat().st_mtime - hours * HOURS
    os.utime(path, (moment, moment))


@pytest.fixture
def stray(media_root):
    path = Path(media_root) / "documents" / "left.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.PDF)
    age(path, 2)
    return path


@pytest.fixture
def used(stored):
    """A document, a picture and its smaller copy, all old."""
    document = Document.objects.create(title="x", file=ContentFile(made.PDF, "x.pdf"))
    image = Image.objects.create(title="x", file=ContentFile(made.picture("PNG"), "x.png"))
    rendition = image.get_rendition("width-10")
    for item in (document, image, rendition):
        item.file.close()
        age(Path(item.file.path), 5)
    return [Path(item.file.path) for item in (document, image, rendition)]


def test_a_file_that_nothing_points_to_goes_and_all_others_stay(used, stray, stored):
    part = stray.with_name("half.pdf.0123.part")
    part.write_bytes(b"x")
    age(part, 2)
    assert sweep().strays == ["documents/half.pdf.0123.part", "documents/left.pdf"]
    assert sorted(stored()) == sorted(used)


def test_a_young_file_may_belong_to_a_request_that_goes_on(stray, stored):
    age(stray, -1.5)
    assert sweep().strays == []
    assert stored() == [stray]
    assert sweep(older_than=timedelta(0)).strays == ["documents/left.pdf"]


def test_a_trial_deletes_nothing(stray, stored):
    out = StringIO()
    call_command("sweep_media", "--dry-run", stdout=out)
    assert "would be deleted: documents/left.pdf" in out.getvalue()
    assert stored() == [stray]


def test_a_row_without_its_file_is_named(used, caplog):
    used[0].unlink()
    errors = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("sweep_media", stderr=errors, stdout=StringIO())
    assert ended.value.code == 1
    document = Document.objects.get()
    assert f"missing: {document.file.name} of base.Document {document.pk}" in errors.getvalue()
    assert "sweep_media" in periodic._jobs
    periodic._jobs["sweep_media"].run()
    assert document.file.name in caplog.text


def test_a_site_without_uploads_has_nothing_to_sweep(media_root):
    assert (sweep().strays, sweep().missing) == ([], [])
