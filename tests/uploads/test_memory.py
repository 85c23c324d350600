"""What the corpus costs in memory, and how much of a body without end is kept."""

import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from wagtail.models import Collection

from tests.base import media_corpus as made
from tests.house.project import ROOT

from . import corpus
from .swallow import heaviest

MAX_MIB = 300


@pytest.mark.slow
def test_the_whole_corpus_and_the_largest_pictures_fit_into_little_memory():
    command = [sys.executable, "-m", "tests.uploads.swallow"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    taken, _before, more = (int(word) for word in done.stdout.split())
    assert taken == len(corpus.GOOD) + len(corpus.BAD) + len(list(heaviest()))
    assert more <= MAX_MIB, done.stderr


@pytest.fixture
def small_limit(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1 << 20
    return settings.WAGTAILDOCS_MAX_UPLOAD_SIZE


def body(size):
    return {"file": SimpleUploadedFile("x.pdf", made.PDF + bytes(size)), "title": "After the file"}


def test_of_a_file_that_is_too_big_little_is_kept_and_the_fields_behind_it_are_read(small_limit):
    request = RequestFactory().post("/", body(8 << 20))
    assert request.POST["title"] == "After the file"
    kept = request.FILES["file"]
    assert small_limit < kept.size <= small_limit + (64 << 10)
    kept.close()


def test_a_file_up_to_the_limit_is_kept_whole(small_limit):
    size = small_limit - len(made.PDF)
    kept = RequestFactory().post("/", body(size)).FILES["file"]
    assert kept.size == small_limit
    kept.close()


def test_the_form_says_that_it_is_too_big_and_keeps_what_was_typed(admin, small_limit, stored):
    collection = Collection.objects.get().pk
    data = body(8 << 20) | {"collection": collection, "language": "kmr"}
    response = admin.post("/admin/documents/add/", data)
    form = response.context["form"]
    assert form.errors.as_data()["file"][0].code == "file_size"
    assert form["title"].value() == "After the file"
    assert form["language"].value() == "kmr"
    assert stored() == []


def test_too_many_files_at_once_are_refused(admin):
    files = [SimpleUploadedFile(f"{number}.pdf", made.PDF) for number in range(6)]
    response = admin.post("/admin/documents/multiple/add/", {"files[]": files})
    assert response.status_code == 413
