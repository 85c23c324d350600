"""Suggested changes: from everybody, to who looks after the item, taken up beside the form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.models import EditSuggestion, Resource
from knowledge.services import suggestions, visitor_mails
from knowledge.services.publication import publish
from nexsm.base import items
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
from tests.factories.base import ContentPageFactory
from tests.factories.conference import PersonFactory
from tests.factories.knowledge import MembershipFactory, ResourceFactory

pytestmark = pytest.mark.django_db

FORM = {"part": "text", "text": "Die Frist ist <b>neu</b>.", "email": "", "website": ""}
OWN = "/de/mitmachen/vorschlaege/"


@pytest.fixture
def owner():
    return MembershipFactory(role="owner").user


@pytest.fixture
def resource(owner):
    return ResourceFactory(
        title="Handbuch", organisation=owner.memberships.get().organisation, created_by=owner
    )


def address(kind, key):
    return f"/de/aendern/{kind}/{key}/"


def suggested(item, kind="resource", **changes):
    given = {"part": "text", "text": "Neu", "email": "", "language": "de", "sender_key": "x"}
    return suggestions.suggest(kind=items.kind_named(kind), item=item, **{**given, **changes})


def test_a_visitor_suggests_and_the_owner_is_told_once(client, resource, owner, mails):
    url = address("resource", resource.public_id)
    assert url in client.get(resource.get_absolute_url()).content.decode()
    response = client.post(url, {**FORM, "email": "leser@example.org"})
    assert response.status_code == 302
    assert "Danke" in client.get(response.url).content.decode()
    kept = EditSuggestion.objects.get()
    assert (kept.title, kept.part, kept.text) == ("Handbuch", "text", FORM["text"])
    ((to, text),) = mails()
    assert to == owner.email
    assert "Die Frist ist <b>neu</b>." in text
    assert "leser@example.org" not in text


@pytest.mark.parametrize(
    "changes",
    [{"part": ""}, {"part": "x"}, {"text": ""}, {"text": "x" * 2001}, {"text": "a\0b"},
     {"email": "nobody"}, {"website": "x"}],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_what_was_written(client, resource, changes):
    page = client.post(address("resource", resource.public_id), {**FORM, **changes})
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert not EditSuggestion.objects.exists()


def test_who_writes_too_often_is_asked_to_wait(client, resource):
    url = address("resource", resource.public_id)
    for _ in range(suggestions.PER_SENDER):
        client.post(url, FORM)
    page = client.post(url, FORM)
    assert page.status_code == 429
    assert "Die Frist ist" in page.content.decode()


def test_an_address_gets_few_mails_whoever_writes_it(resource, owner, mails):
    for number in range(visitor_mails.PER_ADDRESS + 2):
        made = suggested(resource, email="Opfer@example.org", sender_key=str(number))
        suggestions.decide(suggestion=made, is_accepted=False, by=owner)
    told = [to for to, _text in mails()]
    assert told.count("Opfer@example.org") == visitor_mails.PER_ADDRESS


def test_who_looks_after_an_entry_gets_few_mails_of_many_visitors(resource, owner, mails):
    for number in range(suggestions.PER_AUTHOR + 2):
        suggested(resource, sender_key=str(number))
    assert [to for to, _text in mails()] == [owner.email] * suggestions.PER_AUTHOR
    assert EditSuggestion.objects.count() == suggestions.PER_AUTHOR + 2


def test_in_a_flood_suggestions_are_kept_without_mails(client, resource, mails, monkeypatch):
    monkeypatch.setattr(visitor_mails, "FROM_EVERYBODY", 0)
    url = address("resource", resource.public_id)
    page = client.post(url, {**FORM, "email": "leser@example.org"}, follow=True)
    assert "Sie bekommen dazu keine E-Mail" in page.content.decode()
    assert EditSuggestion.objects.get().email == ""
    assert mails() == []


def test_only_what_a_visitor_sees_can_be_changed(client):
    for kind, key in [
        ("resource", ResourceFactory(live=False).public_id),
        ("resource", ResourceFactory(visibility="members").public_id),
        ("person", PersonFactory().public_id),
        ("page", ContentPageFactory(live=False).pk),
        ("nothing", 1),
    ]:
        assert client.get(address(kind, key)).status_code == 404
        assert client.post(address(kind, key), FORM).status_code == 404


def test_taken_up_it_stands_beside_the_form_until_the_item_is_published(
    client, resource, owner, mails
):
    made = suggested(resource, text="Frist: 1. Mai", email="leser@example.org")
    client.force_login(owner)
    assert "Frist: 1. Mai" in client.get(OWN).content.decode()
    assert OWN in client.get("/de/mitmachen/").content.decode()

    response = client.post(f"{OWN}{made.pk}/", {"decision": "accept"})

    assert response.url == f"/de/mitmachen/material/bearbeiten/{resource.public_id}/"
    form = client.post(response.url, follow=True)
    assert "Frist: 1. Mai" in form.content.decode()
    step = client.get(form.request["PATH_INFO"].replace("pruefen", "angaben"))
    assert step.status_code in {200, 404}
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.email) == ("accepted", owner, "")
    assert [to for to, _text in mails()] == [owner.email, "leser@example.org"]
    assert "aufgenommen" in mails()[1][1]
    publish(item=Resource.objects.get(pk=resource.pk))
    assert "Frist: 1. Mai" not in client.get(form.request["PATH_INFO"]).content.decode()


def test_a_suggestion_is_decided_once_and_thanked_once(client, resource, owner, mails):
    made = suggested(resource, email="leser@example.org")
    client.force_login(owner)
    for _ in range(2):
        client.post(f"{OWN}{made.pk}/", {"decision": "decline"})
    client.post(f"{OWN}{made.pk}/", {"decision": "accept"})
    made.refresh_from_db()
    assert made.state == "declined"
    assert [to for to, _text in mails()].count("leser@example.org") == 1
    assert client.post(f"{OWN}{made.pk}/", {"decision": "nonsense"}).status_code == 404


def test_who_suggested_it_reads_why_it_stays_as_it_is(client, resource, owner, mails):
    made = suggested(resource, text="Neu <b>!</b>", email="leser@example.org")
    client.force_login(owner)
    url = f"{OWN}{made.pk}/"
    assert url in client.get(OWN).content.decode()
    page = client.get(url).content.decode()
    assert "Neu &lt;b&gt;!" in page
    assert 'name="answer"' in page

    answer = "Das Amt sagt etwas anderes: https://falle.example/"
    assert client.post(url, {"decision": "decline", "answer": answer}).url == OWN

    told = dict(mails())["leser@example.org"]
    assert "Das Amt sagt etwas anderes: falle[.]example/" in told
    assert owner.name not in told
    assert "schon entschieden" in client.get(url).content.decode()


def test_editors_can_say_why_as_well(client, resource, mails):
    made = suggested(resource, email="leser@example.org")
    client.force_login(ReviewerFactory())
    assert 'name="answer"' in client.get(reverse("nexsm_suggestions")).content.decode()

    sent = {"decision": "decline", "answer": "Das Amt sagt etwas anderes."}
    client.post(reverse("nexsm_suggestion", args=[made.pk]), sent)

    assert "Das Amt sagt etwas anderes." in dict(mails())["leser@example.org"]


@pytest.mark.parametrize("answer", ["x" * 501, "a\0b"])
def test_a_reason_that_cannot_be_kept_comes_back(client, resource, owner, answer):
    made = suggested(resource, email="leser@example.org")
    client.force_login(owner)
    page = client.post(f"{OWN}{made.pk}/", {"decision": "decline", "answer": answer})
    assert "error-summary" in page.content.decode()
    assert "x" * 501 in page.content.decode() or "\0" in answer
    made.refresh_from_db()
    assert made.is_open


def test_without_an_address_nobody_is_asked_why(client, resource, owner):
    made = suggested(resource)
    client.force_login(owner)
    assert 'name="answer"' not in client.get(f"{OWN}{made.pk}/").content.decode()


def test_suggestions_about_what_belongs_to_others_are_not_there(client, resource, owner):
    mine = suggested(resource)
    other = suggested(ResourceFactory(title="Fremdes"), sender_key="y")
    client.force_login(owner)
    assert "Fremdes" not in client.get(OWN).content.decode()
    assert client.post(f"{OWN}{other.pk}/", {"decision": "accept"}).status_code == 404
    assert client.get(f"{OWN}{other.pk}/").status_code == 404
    client.force_login(UserFactory())
    assert client.post(f"{OWN}{mine.pk}/", {"decision": "accept"}).status_code == 404
    assert not EditSuggestion.objects.exclude(state="open").exists()


def test_editors_take_up_what_nobody_else_looks_after(client):
    page = ContentPageFactory(title="Über uns")
    made = suggested(page, kind="page", text="Ein <i>Fehler</i>")
    client.force_login(EditorFactory())
    assert "Ein &lt;i&gt;Fehler" in client.get("/admin/suggestions/").content.decode()
    form = client.post(f"/admin/suggestions/{made.pk}/", {"decision": "accept"}, follow=True)
    assert form.request["PATH_INFO"] == f"/admin/pages/{page.pk}/edit/"
    assert "Ein &lt;i&gt;Fehler" in form.content.decode()
    assert "Über uns" not in client.get("/admin/suggestions/").context["page"].object_list
    client.force_login(UserFactory())
    assert client.post(f"/admin/suggestions/{made.pk}/").status_code in {302, 403}


def test_after_a_year_they_are_gone(resource):
    suggested(resource)
    EditSuggestion.objects.update(created_at=timezone.now() - suggestions.KEPT - timedelta(days=1))
    young = suggested(resource, sender_key="y")
    assert suggestions.forget_old(timezone.now()) == 1
    assert EditSuggestion.objects.get() == young
