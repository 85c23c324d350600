"""People of a session offer slides and results for it; editors take them up; everybody is told once."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.permissions import policy_registry

from conference.models import (
    ConferenceDocumentation,
    DocumentationOffer,
    Participation,
    SessionPage,
)
from conference.services import offers
from knowledge.models import ResourceFile
from nexsm.accounts import privacy
from nexsm.accounts.privacy import erase
from nexsm.base.media.checks import check_document
from nexsm.base.models import Document, OutgoingMail
from tests.base import media_corpus as corpus
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
from tests.factories.base import HomePageFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    SessionPageFactory,
    publish,
)
from tests.factories.knowledge import ResourceFactory

pytestmark = pytest.mark.django_db
MINE = "/de/mitmachen/programmpunkte/"
FORM = {"kind": "slides", "title": "Meine Folien", "may_be_published": "on"}


@pytest.fixture
def speaker(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def session(speaker):
    """A published session in whose programme the account is named."""
    person = PersonFactory(name="Ada", user=speaker)
    named = Participation(name_as_shown="Ada", person=person)
    return publish(SessionPageFactory(title="Workshop", participations=[named]))


@pytest.fixture
def reviewer(db):
    return ReviewerFactory()


def address(session):
    return f"{MINE}{session.pk}/unterlagen/"


def slides():
    return SimpleUploadedFile("folien.pdf", corpus.PDF, "application/pdf")


def offered(session, by, **values):
    given = {"kind": "link", "url": "https://example.org/folien"}
    return offers.offer_documentation(session=session, by=by, values={**given, **values})


def mails():
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "kind"))


def test_the_session_and_the_members_area_lead_to_the_form(client, session):
    assert address(session) in client.get(session.get_url()).content.decode()
    assert MINE in client.get("/de/mitmachen/").content.decode()
    assert address(session) in client.get(MINE).content.decode()
    assert "Workshop" in client.get(address(session)).content.decode()


def test_to_others_the_form_is_not_there(client, session):
    client.force_login(UserFactory())
    assert "unterlagen" not in client.get(session.get_url()).content.decode()
    assert MINE not in client.get("/de/mitmachen/").content.decode()
    assert client.get(address(session)).status_code == 404
    assert client.post(address(session), FORM | {"file": slides()}).status_code == 404
    with pytest.raises(PermissionDenied):
        offered(session, UserFactory())
    client.logout()
    assert "unterlagen" not in client.get(session.get_url()).content.decode()
    assert not DocumentationOffer.objects.exists()
    assert not Document.objects.exists()


def test_what_is_sent_waits_for_editors_and_leaves_the_page_alone(
    client, session, speaker, reviewer
):
    answer = client.post(address(session), FORM | {"file": slides(), "creators": "Ada"})

    assert answer.url == MINE
    offer = DocumentationOffer.objects.get()
    assert (offer.state, offer.user, str(offer)) == ("waiting", speaker, "Meine Folien")
    assert mails() == [(reviewer.email, "review")]
    assert "Meine Folien" in client.get(MINE).content.decode()
    stored = SessionPage.objects.get(pk=session.pk)
    assert not stored.has_unpublished_changes
    with closing(client.get(offer.document.url)) as file:
        assert file.status_code == 200
    client.force_login(UserFactory())
    assert client.get(offer.document.url).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [{"may_be_published": ""}, {"kind": "photo"}, {"url": "nichts davon"}, {"creators": "x" * 301}],
    ids=str,
)
def test_errors_keep_what_was_typed_and_the_file(client, session, changes):
    page = client.post(address(session), FORM | changes | {"file": slides()})

    html = page.content.decode()
    assert page.status_code == 200
    assert "error-summary" in html
    assert "Meine Folien" in html
    assert "folien.pdf" in html
    assert client.post(address(session), FORM).url == MINE
    offer = DocumentationOffer.objects.get()
    assert (offer.state, offer.document.filename) == ("waiting", "folien.pdf")
    assert Document.objects.count() == 1


def test_a_kept_file_can_be_removed_or_exchanged(client, session):
    for name in ("eins.pdf", "zwei.pdf"):
        file = SimpleUploadedFile(name, corpus.PDF, "application/pdf")
        client.post(address(session), {"kind": "slides", "file": file})
    assert Document.objects.get().filename == "zwei.pdf"
    page = client.post(address(session), {**FORM, "remove": "1"})
    assert "Meine Folien" in page.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("given", [{}, {"kind": "recording", "description": "Nur Text"}])
def test_something_must_be_there(client, session, given):
    page = client.post(address(session), FORM | given)
    assert "Wählen Sie eine Datei" in page.content.decode()
    assert not DocumentationOffer.objects.exclude(state="begun").exists()


def test_uploads_pass_the_checks_and_the_quota(client, session, settings):
    program = SimpleUploadedFile("folien.pdf", b"MZ\x90\x00" + b"\0" * 200, "application/pdf")
    page = client.post(address(session), FORM | {"file": program})
    assert page.context["form"].errors["file"]
    settings.UPLOAD_MEMBER_BYTES = 10
    page = client.post(address(session), FORM | {"file": slides()})
    assert "belegen" in str(page.context["form"].errors["file"])
    assert not Document.objects.exists()


def test_who_sends_too_much_keeps_text_and_file(client, session, monkeypatch):
    monkeypatch.setattr(offers, "PER_PERSON", 0)
    page = client.post(address(session), FORM | {"file": slides()})
    assert page.status_code == 429
    assert "Meine Folien" in page.content.decode()
    assert "folien.pdf" in page.content.decode()


def test_taken_up_it_is_online_at_once_and_its_sender_told_once(client, session, speaker, reviewer):
    client.post(address(session), FORM | {"kind": "result", "description": "Streit & Lösung."})
    offer = DocumentationOffer.objects.get()
    client.force_login(reviewer)
    assert "Streit &amp; Lösung." in client.get(reverse("nexsm_documentation")).content.decode()

    for _press in range(2):
        client.post(reverse("nexsm_offer", args=[offer.pk]), {"decision": "accept"})

    stored = SessionPage.objects.get(pk=session.pk)
    assert [row.title for row in stored.documentation.all()] == ["Meine Folien"]
    assert not stored.has_unpublished_changes
    client.logout()
    assert "Streit &amp; Lösung." in client.get(session.get_url()).content.decode()
    assert mails() == [(reviewer.email, "review"), (speaker.email, "submission")]
    assert "steht jetzt auf der Seite" in OutgoingMail.objects.get(to=speaker.email).text


def test_what_lost_its_file_meanwhile_waits_for_a_no(client, session, reviewer):
    client.post(address(session), FORM | {"file": slides()})
    offer = DocumentationOffer.objects.get()
    offer.document.delete()
    client.force_login(reviewer)

    page = client.post(
        reverse("nexsm_offer", args=[offer.pk]), {"decision": "accept"}, follow=True
    ).content.decode()

    assert "Choose a file or enter an address." in page
    offer.refresh_from_db()
    assert offer.state == "waiting"


def test_only_an_item_can_be_decided_about_not_the_list(client, reviewer):
    client.force_login(reviewer)
    assert client.post(reverse("nexsm_documentation"), {"decision": "accept"}).status_code == 405


def test_other_changes_that_wait_are_not_published_with_it(session, speaker, reviewer):
    session.title = "Entwurf"
    session.save_revision()
    offer = offered(session, speaker)

    assert not offers.accept(offer=offer, by=reviewer)

    stored = SessionPage.objects.get(pk=session.pk)
    assert (stored.title, stored.documentation.count()) == ("Workshop", 0)
    draft = stored.get_latest_revision_as_object()
    assert (draft.title, draft.documentation.count()) == ("Entwurf", 1)
    assert "sobald die Seite" in OutgoingMail.objects.get(to=speaker.email).text


def test_a_no_needs_a_reason_and_deletes_the_file(client, session, speaker, reviewer):
    client.post(address(session), FORM | {"file": slides()})
    offer = DocumentationOffer.objects.get()
    client.force_login(reviewer)
    decide = reverse("nexsm_offer", args=[offer.pk])
    page = client.post(decide, {"decision": "decline", f"{offer.pk}-reason": ""})
    assert page.status_code == 200
    client.post(decide, {"decision": "decline", f"{offer.pk}-reason": "Bilder ohne Lizenz."})

    offer.refresh_from_db()
    assert (offer.state, offer.document, offer.decided_by) == ("declined", None, reviewer)
    assert not Document.objects.exists()
    assert "Bilder ohne Lizenz." in OutgoingMail.objects.get(to=speaker.email).text
    client.force_login(speaker)
    assert "Bilder ohne Lizenz." in client.get(MINE).content.decode()


def test_nobody_decides_about_her_own_and_a_locked_page_waits(session, reviewer):
    editor = EditorFactory()
    Participation.objects.update(person=PersonFactory(name="Eda", user=editor))
    offer = offered(session, editor)
    with pytest.raises(offers.OfferError, match="eigener Eintrag"):
        offers.accept(offer=offer, by=editor)
    with pytest.raises(PermissionDenied):
        offers.accept(offer=offer, by=UserFactory())
    SessionPage.objects.filter(pk=session.pk).update(locked=True, locked_by=editor)
    with pytest.raises(offers.OfferError, match="gesperrt"):
        offers.accept(offer=offer, by=reviewer)
    offer.refresh_from_db()
    assert offer.state == "waiting"


def test_editors_get_few_mails_a_day(session, speaker, reviewer):
    for _number in range(offers.PER_EDITOR + 2):
        offered(session, speaker)
    assert mails() == [(reviewer.email, "review")] * offers.PER_EDITOR


def test_files_of_forms_nobody_sent_are_deleted_after_some_days(client, session):
    client.post(address(session), {"kind": "slides", "file": slides()})
    assert offers.forget_begun() == 0
    assert offers.forget_begun(timezone.now() + offers.KEPT + timedelta(minutes=1)) == 1
    assert not Document.objects.exists()


def leave_an_account(session, speaker):
    privacy.erase(user=speaker)


def delete_the_session(session, speaker):
    SessionPage.objects.get(pk=session.pk).delete()


@pytest.mark.parametrize("go", [leave_an_account, delete_the_session])
def test_files_that_were_not_taken_up_go_with_the_account_and_with_the_session(
    client, session, speaker, go, django_capture_on_commit_callbacks
):
    for _number in range(2):
        client.post(address(session), FORM | {"file": slides()})
    client.post(address(session), {"kind": "slides", "file": slides()})
    taken, waiting, begun = DocumentationOffer.objects.order_by("pk")
    offers.accept(offer=taken, by=ReviewerFactory())
    names = [offer.document.file.name for offer in (taken, waiting, begun)]

    with django_capture_on_commit_callbacks(execute=True):
        go(session, speaker)

    assert not DocumentationOffer.objects.exists()
    assert Document.objects.get() == taken.document
    assert [default_storage.exists(name) for name in names] == [True, False, False]


def test_a_file_that_an_editor_has_used_elsewhere_stays(client, session, speaker):
    client.post(address(session), FORM | {"file": slides()})
    document = DocumentationOffer.objects.get().document
    ConferencePageFactory(documentation=[ConferenceDocumentation(document=document)])

    privacy.erase(user=speaker)

    assert Document.objects.get() == document


@pytest.fixture(autouse=True)
def home():
    HomePageFactory()


def test_editors_meet_the_file_when_it_is_sent_and_cannot_delete_it_while_it_waits(
    client, session, speaker
):
    editor = EditorFactory()
    policy = policy_registry.get_by_type(Document)
    client.post(address(session), {**FORM, "title": "x" * 300, "file": slides()})
    kept = Document.objects.get()
    assert kept not in policy.instances_user_has_permission_for(editor, "change")
    assert not policy.user_has_permission_for_instance(editor, "delete", kept)

    client.post(address(session), FORM)
    assert kept in policy.instances_user_has_permission_for(editor, "change")
    assert not policy.user_has_permission_for_instance(editor, "delete", kept)

    offers.decline(offer=DocumentationOffer.objects.get(), by=ReviewerFactory(), reason="Nein.")
    assert not Document.objects.exists()


def test_the_page_of_a_document_leads_to_where_its_offer_is_decided(client, session):
    client.post(address(session), {**FORM, "file": slides()})
    page = reverse("wagtaildocs:edit", args=[Document.objects.get().pk])
    client.force_login(EditorFactory())

    text = client.get(page).text
    assert "cannot be deleted yet" in text
    assert f'<a href="{reverse("nexsm_documentation")}"><bdi>Meine Folien</bdi></a>' in text


@pytest.fixture
def entry_with_offered_file(session, speaker):
    """The offer, and an entry in whose version that waits an editor has put its file."""
    offer = offers.offer_documentation(
        session=session, by=speaker, values={"kind": "slides"}, file=check_document(slides())
    )
    entry = ResourceFactory()
    entry.files.add(ResourceFile(document=offer.document))
    entry.save_revision()
    return offer, entry


def test_what_a_version_cannot_be_read_without_stays_when_the_offer_is_declined(
    entry_with_offered_file, reviewer
):
    offer, entry = entry_with_offered_file
    offers.decline(offer=offer, by=reviewer, reason="Nein.")
    assert entry.get_latest_revision_as_object().files.get().document is not None


def test_what_a_version_cannot_be_read_without_stays_when_the_account_goes(
    entry_with_offered_file, speaker
):
    _offer, entry = entry_with_offered_file
    erase(user=speaker)
    assert entry.get_latest_revision_as_object().files.get().document is not None
