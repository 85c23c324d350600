"""A new profile by its own people."""

import pytest
from django.urls import reverse

from knowledge.enums import SubmissionState, Trust, Verification
from knowledge.models import Organisation, Submission
from knowledge.queries.membership import role_of, trust_of
from knowledge.queries.names import folded, near_organisations
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    LanguageFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "knowledge:organisation_founding"


@pytest.fixture
def answers():
    return {
        "name": "Frauen für Kultur & Sprache e.V.",
        "kind": "organisation",
        "region": RegionFactory(code="DE-BE").pk,
        "language": LanguageFactory(code="de").pk,
        "sentence": "Wir helfen <b>Frauen</b> beim Ankommen.",
    }


@pytest.fixture
def send(client, somebody, answers):
    client.force_login(somebody)

    def send(**changes):
        return client.post(reverse(PAGE), answers | changes)

    return send


def test_whoever_makes_a_profile_is_responsible_for_it(send, somebody, answers):
    response = send()
    organisation = Organisation.objects.get()
    people = reverse("knowledge:organisation_people", args=[organisation.public_id])
    assert response.headers["Location"] == people
    assert role_of(somebody, organisation) == "owner"
    assert organisation.verification == Verification.UNVERIFIED
    assert trust_of(organisation) == Trust.NEW
    assert not organisation.live
    assert organisation.description == "<p>Wir helfen &lt;b&gt;Frauen&lt;/b&gt; beim Ankommen.</p>"
    submission = Submission.objects.get()
    assert (submission.item, submission.state) == (organisation, SubmissionState.WAITING)


def test_the_editors_publish_what_was_written(send):
    send()
    Submission.objects.get().revision.publish()
    organisation = Organisation.objects.get()
    assert organisation.live
    assert organisation.name == "Frauen für Kultur & Sprache e.V."


def test_more_fields_than_asked_do_nothing(send):
    send(verification="verified", live="1", trust="trusted", organisation="1", is_example="on")
    organisation = Organisation.objects.get()
    assert organisation.verification == Verification.UNVERIFIED
    assert not organisation.live
    assert not organisation.is_example


def test_at_most_six_answers_are_demanded(client, somebody):
    client.force_login(somebody)
    form = client.get(reverse(PAGE)).context["form"]
    assert len([field for field in form.fields.values() if field.required]) <= 6


@pytest.mark.parametrize(
    ("known", "near"),
    [
        ("Frauen für Kultur und Sprache", True),
        ("Frauen fuer Kultur & Sprache e. V.", True),
        ("KULTUR & SPRACHE FÜR FRAUEN", True),
        ("Frauen für Kultur & Sprachen", True),
        ("Männer für Kultur und Sport", False),
        ("Sprachcafé", False),
    ],
)
def test_profiles_of_nearly_the_same_name_are_shown_first(known, near, send):
    other = OrganisationFactory(name=known)
    response = send()
    if not near:
        assert response.status_code == 302
        return
    assert [profile for profile, _ways in response.context["near"]] == [other]
    assert Organisation.objects.count() == 1
    assert "Wir helfen" in response.text  # what was typed is kept
    assert reverse("knowledge:organisation_claim", args=[other.public_id]) in response.text
    assert send(is_new="on").status_code == 302
    assert Organisation.objects.count() == 2


def test_a_profile_with_owners_is_joined_not_claimed(send):
    other = MembershipFactory(
        organisation__name="Frauen für Kultur und Sprache", role="owner"
    ).organisation
    text = send().text
    assert reverse("knowledge:organisation_join", args=[other.public_id]) in text
    assert reverse("knowledge:organisation_claim", args=[other.public_id]) not in text


def test_drafts_of_others_are_not_told(send):
    OrganisationFactory(name="Frauen für Kultur und Sprache", live=False)
    assert send().status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "!!!"),
        ("name", "Buy at https://evil.example"),
        ("name", "x" * 201),
        ("kind", "party"),
        ("region", ""),
        ("region", "999999999999999999999"),
        ("language", "x"),
        ("sentence", ""),
        ("sentence", "x" * 301),
        ("sentence", "a\x00b"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(field, value, send, answers):
    response = send(**{field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert f'href="#id_{field}"' in response.text
    other = "sentence" if field != "sentence" else "name"
    assert response.context["form"][other].value() == answers[other]
    assert not Organisation.objects.exists()


def test_three_profiles_a_day(send):
    statuses = [send(name=name).status_code for name in ("Eins", "Zweihundert", "Dreirad", "Vier")]
    assert statuses == [302, 302, 302, 429]


def test_names_are_folded():
    assert folded("Türkische Gemeinde e.V.") == folded("turkische gemeinde")
    assert folded("Verein") == "verein"
    assert folded("جمعية")


def test_a_name_of_another_script_is_found(somebody):
    other = OrganisationFactory(name="Союз женщин", other_names=["Frauenunion Berlin"])
    assert near_organisations("Soyuz zhenshchin", somebody) == [other]
    assert near_organisations("Frauenunion Berlin e.V.", UserFactory()) == [other]


@pytest.mark.parametrize("field", ["name", "sentence"])
def test_what_cannot_be_seen_is_no_answer(send, field):
    response = send(**{field: "\u200d\u200d"})
    assert list(response.context["form"].errors) == [field]
    assert not Organisation.objects.exists()
