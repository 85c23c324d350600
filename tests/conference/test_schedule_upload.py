"""Importing a conference in the editors' area: a file, a report, a click."""

import os
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conference.models import ConferencePage
from conference.services.schedule_import import keep_upload, kept_upload, uploads, web_limits
from knowledge.services.imports import import_files
from nexsm.base import periodic
from tests.conference.schedule_files import event, run, schedule
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.conference import default_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("conference_import_schedule", args=[default_index().pk])


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


@pytest.fixture
def admin(client):
    client.user = SuperuserFactory()
    client.force_login(client.user)
    return client


def upload(content, **options):
    return {"file": SimpleUploadedFile("schedule.xml", content), **options}


def test_first_the_file_is_only_checked_then_imported(admin, address):
    page = admin.post(address, upload(schedule(event(1)), publish="on"))

    assert not ConferencePage.objects.exists()
    assert any("1" in line for line in page.context["report"])
    answer = admin.post(address, {"token": page.context["token"], "publish": "on"})

    conference = ConferencePage.objects.get()
    assert answer.url == reverse("wagtailadmin_explore", args=[conference.pk])
    assert conference.live
    assert conference.latest_revision.user == admin.user


def test_the_file_is_gone_when_it_is_imported(admin, address, data_folder):
    page = admin.post(address, upload(schedule(event(1))))
    assert len(list((data_folder / "schedules").iterdir())) == 1

    admin.post(address, {"token": page.context["token"]})

    assert not list((data_folder / "schedules").iterdir())
    again = admin.post(address, {"token": page.context["token"]})
    assert "not here any more" in again.context["refusal"][0]


def test_a_bad_file_is_explained_and_may_be_chosen_again(admin, address):
    page = admin.post(address, upload(b"<rss/>"))

    assert any("rss" in line for line in page.context["refusal"])
    assert b'name="file"' in page.content


def test_a_large_file_is_refused(admin, address):
    page = admin.post(address, upload(b"<" + b" " * 9 * 1024 * 1024))

    assert any("8 MiB" in line for line in page.context["refusal"])


@pytest.fixture
def only_one_entry(monkeypatch):
    """So many may a file have on SQLite. Returns what changes the database's name."""
    monkeypatch.setattr(web_limits, "MAX_ENTRIES_ON_SQLITE", 1)

    def on(vendor):
        monkeypatch.setattr(web_limits, "connection", SimpleNamespace(vendor=vendor))

    return on


def test_on_sqlite_a_file_that_keeps_everybody_waiting_is_refused(
    admin, address, data_folder, only_one_entry
):
    only_one_entry("sqlite")
    page = admin.post(address, upload(schedule(event(1), event(2))))

    assert any("at most 1 entries" in line for line in page.context["refusal"])
    assert not (data_folder / "schedules").exists()
    assert "report" in admin.post(address, upload(schedule(event(1)))).context


def test_on_sqlite_it_is_not_imported_either(admin, address, only_one_entry):
    only_one_entry("postgresql")
    page = admin.post(address, upload(schedule(event(1), event(2))))
    assert "report" in page.context

    only_one_entry("sqlite")
    page = admin.post(address, {"token": page.context["token"]})

    assert any("at most 1 entries" in line for line in page.context["refusal"])
    assert not ConferencePage.objects.exists()


def test_the_command_takes_any_number(only_one_entry):
    only_one_entry("sqlite")
    default_index()

    assert run(schedule(event(1), event(2))).outcome.created == 2


def test_what_a_file_says_cannot_become_markup(admin, address):
    hostile = event(1, title="<img src=x onerror=alert(1)>", duration="<b>x</b>")
    page = admin.post(address, upload(schedule(hostile))).content.decode()

    assert "<b>x</b>" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")


def test_who_may_not_add_a_conference_may_not_import_one(client, address):
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code in {302, 403}


def test_the_list_of_conferences_offers_the_import(admin, address):
    page = admin.get(reverse("wagtailadmin_explore", args=[default_index().pk]))

    assert address in page.content.decode()


def test_a_kept_file_is_its_uploaders_and_not_for_long(data_folder, monkeypatch):
    owner, other = SuperuserFactory(), EditorFactory()
    token = keep_upload(b"x", owner)

    assert kept_upload(token, owner) == b"x"
    assert kept_upload(token, other) is None
    assert kept_upload(token + "x", owner) is None
    assert kept_upload("", owner) is None
    monkeypatch.setattr(uploads, "MAX_AGE", -1)
    assert kept_upload(token, owner) is None


def test_what_was_checked_and_not_imported_is_swept_away(data_folder):
    user = SuperuserFactory()
    keep_upload(b"old", user)
    (old,) = (data_folder / "schedules").iterdir()
    a_list = import_files.keep(uuid4(), ContentFile(b"title"))
    two_hours_ago = time.time() - 2 * 60 * 60
    for path in (old, a_list):
        os.utime(path, (two_hours_ago, two_hours_ago))
    keep_upload(b"new", user)

    periodic._jobs["old_schedules"].run()

    assert [path.read_bytes() for path in (data_folder / "schedules").iterdir()] == [b"new"]
    assert a_list.read_bytes() == b"title"  # lists that members import have a day


def test_a_file_that_somebody_else_deletes_at_this_moment_stops_nobody(data_folder):
    for folder in ("imports", "schedules"):
        (data_folder / folder).mkdir()
        (data_folder / folder / "gone").symlink_to("nowhere")  # listed, and not there when asked

    import_files.delete_old()
    uploads.delete_old_uploads()

    assert keep_upload(b"x", SuperuserFactory())
