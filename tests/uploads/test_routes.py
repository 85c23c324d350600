"""The corpus on every way a file can come in: the right verdict, no error, nothing left behind."""

import re
from urllib.parse import unquote

import pytest
from django import forms
from django.apps import apps
from django.core import mail
from django.db import models
from django.urls import get_resolver

from conference.services import offers
from knowledge.models import Resource
from knowledge.services.drafts import filling
from knowledge.services.imports import web_limits
from knowledge.views import drafts
from nexsm.base.media.fields import CheckedDocumentField, CheckedImageField
from nexsm.base.models import Document, Image

from . import corpus
from .corpus import ACCEPT, EITHER, REJECT
from .routes import FORMS, MODELS, ROUTES, is_no_text
from .verdicts import one_of_each

# What a request may write that takes nothing in: who is there, how often somebody tried, and the
# smaller copies that are made when a page shows a picture.
VOLATILE = {
    "sessions.Session",
    "usersessions.UserSession",
    "base.ThrottleCount",
    "base.Rendition",
}


@pytest.fixture(params=ROUTES)
def route(request, admin, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    settings.UPLOAD_MEMBER_DAY_FILES = 1000
    monkeypatch.setattr(drafts, "DRAFTS_AN_HOUR", 1000)
    monkeypatch.setattr(web_limits, "MAX_UNFINISHED", 1000)
    monkeypatch.setattr(offers, "PER_PERSON", 1000)
    # What is read from a file to fill in the form has tests of its own, and a process for each file.
    monkeypatch.setattr(filling, "fill_from_document", lambda **_draft_and_document: [])
    route = ROUTES[request.param]()
    if route.user:
        admin.force_login(route.user)
    return route


def rows():
    """Rows of every table."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in VOLATILE
    }


def rows_but(labels):
    return {label: number for label, number in rows().items() if label not in labels}


def contents(paths):
    """Files that came in, with their bytes."""
    return {path: path.read_bytes() for path in paths if path.parent.name != "images"}


def verdict(route, case):
    if route.kind == "table":
        return REJECT if is_no_text(case) else EITHER
    return REJECT if route.kind == "other" else getattr(case, route.kind)


def of_verdict(route, *wanted):
    """The files a route meets: one of each bad kind, or all, and the good ones."""
    bad = corpus.BAD if route.meets_all else one_of_each()
    return [case for case in bad + corpus.GOOD if verdict(route, case) in wanted]


@pytest.mark.any_database
def test_what_must_not_come_in_is_refused_and_leaves_nothing(admin, route, stored):
    before, files = rows_but(route.makes), contents(stored())
    for case in of_verdict(route, REJECT):
        response = route.send(admin, case.name, case.content)
        assert response.status_code == 200, case.label
        assert len(route.refusal(response)) > 10, case.label
    assert rows_but(route.makes) == before
    assert contents(stored()) == files
    assert mail.outbox == []


def test_what_may_come_in_does(admin, route, media_root):
    if route.kind not in MODELS:
        assert of_verdict(route, ACCEPT) == []
        return
    for case in of_verdict(route, ACCEPT):
        response = route.send(admin, case.name, case.content)
        assert response.status_code in {200, 302}, case.label
        assert route.refusal(response) == "", case.label
        stored_as_promised(newest(route), case, media_root)


def newest(route):
    model = MODELS[route.kind]
    return model.objects.get(pk=route.target) if route.target else model.objects.latest("pk")


def stored_as_promised(item, case, media_root):
    """A name of ours on the disk, a harmless one to show, and nothing of what had to go."""
    folder, _slash, name = item.file.name.rpartition("/")
    assert folder in {"documents", "original_images"}, case.label
    assert re.fullmatch(r"[0-9a-f]{32}\.[a-z0-9]+", name), case.label
    if case.gone:
        assert case.gone not in (media_root / item.file.name).read_bytes(), case.label
    if isinstance(item, Document):
        shown = item.filename
        assert shown.replace("\u200c", "").isprintable(), case.label  # a joiner of Persian
        assert not set(shown) & set('/\\<>:"|?*'), case.label
        assert len(shown) <= 120, case.label
        assert unquote(item.url).endswith(f"/{shown}"), case.label
        item.file.close()


def test_of_the_rest_nothing_is_an_error(admin, route):
    for case in of_verdict(route, EITHER):
        response = route.send(admin, case.name, case.content)
        assert response.status_code in {200, 302}, case.label
    if route.kind == "table":  # before anybody has decided, nothing is written
        assert not Resource.objects.exists()


def all_forms(parent=forms.BaseForm):
    for child in parent.__subclasses__():
        yield child
        yield from all_forms(child)


def name_of(form):
    return f"{form.__module__}.{form.__qualname__}"


def test_every_form_with_a_file_is_among_the_routes():
    assert get_resolver().reverse_dict  # loads every view of the site
    found = {
        name_of(form)
        for form in all_forms()
        if any(
            isinstance(field, forms.FileField)
            for field in getattr(form, "base_fields", {}).values()
        )
        and form.__module__.split(".")[0] in {"nexsm", "knowledge", "conference", "search"}
    }
    style_guide = {"nexsm.base.templatetags.nexsm_style.SampleForm"}  # is never sent
    assert found - style_guide <= set(FORMS)
    assert set(FORMS.values()) <= set(ROUTES)


def test_every_column_for_files_checks_what_comes_in():
    unchecked = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
        and not isinstance(field, CheckedDocumentField | CheckedImageField)
    }
    assert unchecked == {
        "base.Rendition.file",  # made by us from a checked picture
        "wagtailcore.UploadedFile.file",  # waits for its title; is checked when it gets one
        "wagtaildocs.Document.file",  # Wagtail's own models, which this site does not use
        "wagtailimages.Image.file",
        "wagtailimages.Rendition.file",
        "wagtailusers.UserProfile.avatar",  # its form is not on any page
    }
    assert Document._meta.get_field("file").__class__ is CheckedDocumentField
    assert Image._meta.get_field("file").__class__ is CheckedImageField
