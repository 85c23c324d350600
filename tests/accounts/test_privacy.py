"""The export holds everything of a person and nothing of others; erasure leaves no trace of her."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    Revision,
    UploadedFile,
)
from wagtail.users.models import UserProfile

from knowledge.models import Submission, SubmissionMessage
from nexsm.accounts import privacy
from nexsm.accounts.models import User
from nexsm.base.models import MailRefusal, OutgoingMail
from tests.factories.accounts import PASSWORD, EditorFactory, UserFactory
from tests.factories.base import ContentPageFactory, DocumentFactory
from tests.factories.conference import PersonFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory

ADDRESS = "kanarie-vogel@example.org"
NAME = "Zwitscher Özgür-Kanarie"


def leave_in_contributing(user, resource, organisation):
    """Membership, submission, mails to her and about her."""
    other = MembershipFactory(organisation=organisation, role="owner").user
    MembershipFactory(organisation=organisation, user=user, role="owner")
    submission = Submission.objects.create(item=resource, title="Satzung", submitted_by=user)
    SubmissionMessage.objects.create(submission=submission, author=user, text="Bitte prüfen")
    texts = {"language": "de", "subject": "Hallo", "text": f"Liebe {NAME}, {ADDRESS}"}
    OutgoingMail.objects.create(key="to-user", user=user, to="elsewhere@example.org", **texts)
    OutgoingMail.objects.create(key="to-address", to=ADDRESS.upper(), **texts)
    about = {**texts, "subject": f"{NAME} hat etwas geschickt"}
    OutgoingMail.objects.create(key="about", user=other, to=other.email, **about)


@pytest.fixture
def person(db):
    """Somebody who has left something in every room."""
    user = EditorFactory(email=ADDRESS, name=NAME)
    browser = Client(headers={"user-agent": "Canary"})
    browser.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
    # Half a sign-in: a session that knows the address but no user.
    half = Client()
    session = half.session
    session["account_login"] = {"email": ADDRESS}
    session.save()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "hidden-secret"})
    resource = ResourceFactory(title="Satzung", created_by=user)
    resource.save_revision(user=user)
    organisation = OrganisationFactory(name="Verein", created_by=user, locked_by=user, locked=True)
    leave_in_contributing(user, resource, organisation)
    page = ContentPageFactory(slug="seite", owner=user)
    page.save_revision(user=user, log_action="wagtail.edit")
    document = DocumentFactory(title="Flyer", uploaded_by_user=user)
    assert document.file.name
    PersonFactory(name="Rednerin", user=user)
    comment = Comment.objects.create(page=page, user=user, text="Bitte prüfen", contentpath="title")
    CommentReply.objects.create(comment=comment, user=user, text="Erledigt")
    PageSubscription.objects.create(user=user, page=page, comment_notifications=True)
    FormState.objects.update_or_create_by_instance(
        page, user=user, data=f"title={ADDRESS}", last_updated_at=timezone.now()
    )
    upload = UploadedFile(uploaded_by_user=user)
    upload.file.save("halb.txt", ContentFile(b"half"))
    administrator = UserFactory(is_superuser=True)
    log(instance=user, action="wagtail.create", user=administrator)
    log(
        instance=resource,
        action="wagtail.edit",
        user=user,
        data={"invited": ADDRESS.upper(), "who": [NAME], "text": f"{NAME} hat gesichtet"},
    )
    return user


def tables_with(words):
    """``table.column`` of everything in the database that holds one of the words as text."""
    found, quote = set(), connection.ops.quote_name
    forms = {form for word in words for form in (word.lower(), json.dumps(word.lower())[1:-1])}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(f"SELECT CAST({quote(column.name)} AS TEXT) FROM {quote(table)}")  # noqa: S608
                texts = " ".join(str(value).lower() for (value,) in cursor.fetchall())
                if any(form in texts for form in forms):
                    found.add(f"{table}.{column.name}")
    return found


def sessions_with(words):
    return [
        session.pk
        for session in Session.objects.all()
        if any(word in str(session.get_decoded()) for word in words)
    ]


def test_the_search_finds_what_is_there(person):
    found = tables_with([ADDRESS, NAME])
    assert {"accounts_user.email", "accounts_user.name", "account_emailaddress.email"} <= found
    assert {"wagtailcore_modellogentry.label", "wagtailcore_modellogentry.data"} <= found
    assert sessions_with([ADDRESS])


def test_erasure_leaves_no_trace(person, django_capture_on_commit_callbacks):
    number = person.pk
    uploads = UploadedFile.objects.get()
    storage, name = uploads.file.storage, uploads.file.name
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(user=person)
    assert tables_with([ADDRESS, NAME, "kanarie-vogel", "Zwitscher"]) == set()
    assert sessions_with([ADDRESS, f"'_auth_user_id': '{number}'"]) == []
    assert not storage.exists(name)
    for holding in privacy.holdings():
        field = holding.model._meta.get_field(holding.field_name)
        if field.is_relation:
            left = holding.model._base_manager.filter(**{holding.field_name: number})
            assert not left.exists(), holding.key


def test_what_was_given_to_everybody_stays(person):
    revisions = Revision.objects.filter(user=person).count()
    privacy.erase(user=person)
    resource = apps.get_model("knowledge.Resource").objects.get(title="Satzung")
    assert resource.created_by is None
    assert privacy.person_name(resource.created_by) == "Ehemaliges Mitglied"
    former = privacy.former_member()
    assert revisions
    assert Revision.objects.filter(user=former).count() == revisions
    assert Comment.objects.get().user == CommentReply.objects.get().user == former
    assert apps.get_model("base.Document").objects.filter(title="Flyer").exists()
    assert apps.get_model("conference.Person").objects.get(name="Rednerin").user is None


def test_histories_say_that_a_former_member_did_it(person):
    privacy.erase(user=person)
    entries = [*ModelLogEntry.objects.all(), *PageLogEntry.objects.all()]
    assert "Ehemaliges Mitglied" in {entry.user_display_name for entry in entries}
    entry = ModelLogEntry.objects.get(data__has_key="invited")
    assert entry.data == {
        "invited": "Ehemaliges Mitglied",
        "who": ["Ehemaliges Mitglied"],
        "text": "Ehemaliges Mitglied hat gesichtet",
    }
    assert ModelLogEntry.objects.get(action="wagtail.create").label == "Ehemaliges Mitglied"


def test_mails_about_her_name_a_former_member(person):
    privacy.erase(user=person)
    mail = OutgoingMail.objects.get()
    assert (mail.key, mail.subject) == ("about", "Ehemaliges Mitglied hat etwas geschickt")


def test_a_name_of_one_word_is_not_cut_out_of_other_texts(db):
    user = UserFactory(name="Rat")
    resource = ResourceFactory(title="Rat und Hilfe")
    log(
        instance=resource, action="wagtail.edit", user=user, data={"by": "Rat", "text": "Rat hilft"}
    )
    privacy.erase(user=user)
    entry = ModelLogEntry.objects.get(action="wagtail.edit")
    assert entry.label == "Rat und Hilfe"
    assert entry.data == {"by": "Ehemaliges Mitglied", "text": "Rat hilft"}


def test_links_and_names_in_mails_to_others_survive_who_has_a_common_name(db):
    other, text = UserFactory(name="Maria Licht"), "Hallo Maria Licht: https://x.example.org/maria/"
    mail = OutgoingMail.objects.create(
        key="k", user=other, to=other.email, subject="Maria", text=text
    )
    for name in ("Maria", "https", "example"):
        privacy.erase(user=UserFactory(name=name))
    mail.refresh_from_db()
    assert (mail.subject, mail.text) == ("Maria", text)


def test_others_keep_what_is_theirs(person):
    other = EditorFactory(email=f"x{ADDRESS}", name=f"{NAME}x")
    browser = Client()
    browser.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})
    resource = ResourceFactory(title="Andere", created_by=other)
    log(instance=resource, action="wagtail.edit", user=other, data={"to": other.email})
    privacy.erase(user=person)
    resource.refresh_from_db()
    assert resource.created_by == other
    assert browser.get(reverse("accounts:overview")).status_code == 200
    assert ModelLogEntry.objects.get(user=other).data == {"to": other.email}
    assert UserProfile.objects.filter(user=other).exists()


def test_the_one_former_member_cannot_be_erased_or_used(person, client):
    privacy.erase(user=person)
    former = privacy.former_member()
    assert not former.is_active
    assert not former.has_usable_password()
    with pytest.raises(ValueError, match="stays"):
        privacy.erase(user=former)
    assert User.objects.filter(is_active=False).count() == 1


def test_an_objection_stops_erasure(person, monkeypatch):
    reason = privacy.Objection("Sie sind die letzte.", "/de/", "Dorthin")
    monkeypatch.setattr("nexsm.accounts.privacy.registry._objections", [lambda _user: [reason]])
    with pytest.raises(privacy.ErasureRefusedError) as refused:
        privacy.erase(user=person)
    assert refused.value.objections == [reason]
    assert User.objects.filter(pk=person.pk).exists()
    assert UserSession.objects.filter(user=person).exists()


def test_keeping_needs_a_reason():
    with pytest.raises(ValueError, match="nothing says why"):
        privacy.register("base.Image", "uploaded_by_user", privacy.AtErasure.KEEP, "Images")


def exported(user):
    target = io.BytesIO()
    privacy.write_export(user, target)
    archive = zipfile.ZipFile(target)
    return json.loads(archive.read("data.json")), archive


def test_the_export_holds_what_is_held(person):
    data, archive = exported(person)
    assert data["account"]["email"] == ADDRESS
    for holding in privacy.holdings():
        count = holding.rows(person).count()
        assert len(data["held"].get(holding.key, [])) == count, holding.key
    assert data["held"]["knowledge.Resource.created_by"][0]["title"] == "Satzung"
    (document,) = data["held"]["base.Document.uploaded_by_user"]
    stored = apps.get_model("base.Document").objects.get(title="Flyer")
    with stored.file.storage.open(stored.file.name) as original:
        assert archive.read(document["file"]) == original.read()


def test_the_export_shows_no_secret_and_nothing_of_others(person):
    other = UserFactory(email="somebody-else@example.org")
    ResourceFactory(title="Fremdes", created_by=other)
    data, _archive = exported(person)
    text = json.dumps(data, ensure_ascii=False)
    session = UserSession.objects.get(user=person)
    for word in ("hidden-secret", session.session_key, person.password, "Fremdes", other.email):
        assert word not in text


def test_a_lost_file_does_not_stop_the_export(person):
    stored = apps.get_model("base.Document").objects.get(title="Flyer")
    stored.file.storage.delete(stored.file.name)
    data, archive = exported(person)
    assert data["held"]["base.Document.uploaded_by_user"][0]["file"] is None
    assert not [name for name in archive.namelist() if "base.Document" in name]


def test_an_address_somebody_only_typed_is_not_hers(db, client):
    """Who enters the address of another as her new one neither reads nor deletes what went there."""
    victim, thief = UserFactory(), UserFactory()
    EmailAddress.objects.create(user=thief, email=victim.email, verified=False)
    client.post(reverse("account_reset_password"), {"email": victim.email})
    reset = OutgoingMail.objects.get(to=victim.email)
    assert "/password/reset/" in reset.text
    MailRefusal.objects.create(address=victim.email, kind="news")

    data, _archive = exported(thief)
    privacy.erase(user=thief)

    assert "base.OutgoingMail.to" not in data["held"]
    assert OutgoingMail.objects.get(pk=reset.pk).text == reset.text
    assert MailRefusal.objects.filter(address=victim.email).exists()


def test_a_second_address_that_is_confirmed_is_hers(db):
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="second@example.org", verified=True)
    OutgoingMail.objects.create(key="k", to="Second@example.org", language="de", subject="Hallo")
    assert len(exported(user)[0]["held"]["base.OutgoingMail.to"]) == 1
    privacy.erase(user=user)
    assert not OutgoingMail.objects.exists()


def test_texts_of_mails_are_not_in_the_export(person):
    """They hold links that open accounts and organisations."""
    held = exported(person)[0]["held"]
    rows = held["base.OutgoingMail.to"] + held["base.OutgoingMail.user"]
    assert len(rows) == 2
    assert not any("text" in row for row in rows)
