"""One object of each kind, and a client for each role."""

import secrets

import pytest
from django.core.cache import cache
from django.test import Client

from conference.models import DocumentationOffer, Participation, Person
from knowledge.models import (
    BlockAppeal,
    CheckedLink,
    ContentReport,
    EditSuggestion,
    FreshnessDigest,
    ImportRun,
    ResourceDraft,
    ResourceFile,
    Submission,
)
from knowledge.services import freshness
from knowledge.services.organisations import invitations
from knowledge.services.publication import withdraw
from knowledge.services.reports import link_of
from knowledge.services.submissions import submit
from nexsm.base.mail import wishes
from search.models import MissingReport, SynonymGroup
from tests.factories.accounts import (
    EditorFactory,
    ReviewerFactory,
    SuperuserFactory,
    UserFactory,
)
from tests.factories.base import ContentPageFactory, DocumentFactory, ImageFactory
from tests.factories.conference import ConferencePageFactory, PersonFactory, SessionPageFactory
from tests.factories.knowledge import (
    ClaimFactory,
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
    TopicFactory,
)
from tests.matrix import roles

FACTORIES = {
    roles.EDITOR: EditorFactory,
    roles.REVIEWER: ReviewerFactory,
    roles.SUPERUSER: SuperuserFactory,
}


def person(role, request):
    """Somebody with this role. The organisation of the samples is A."""
    user = FACTORIES.get(role, UserFactory)()
    if role == roles.OWNER_A:
        organisation = request.getfixturevalue("samples")["organisation"]
        MembershipFactory(user=user, organisation_id=organisation, role="owner")
        ResourceDraft.objects.update(owner=user)
        Person.objects.filter(name="Ina").update(user=user)
    if role == roles.OWNER_B:
        MembershipFactory(user=user, role="owner")
    return user


@pytest.fixture
def client_of(db, request):
    """Returns a browser of somebody with this role. A crash is the status 500, not an exception."""
    cache.clear()

    def sign_in(role):
        client = Client(raise_request_exception=False)
        if role != roles.VISITOR:
            client.force_login(person(role, request))
        return client

    return sign_in


def conference_samples():
    """A conference with a session and two people, of whom one agreed to be shown."""
    conference = ConferencePageFactory(slug="tagung")
    person, silent = PersonFactory(name="Ada", has_consented=True), PersonFactory(name="Eva")
    session = SessionPageFactory(
        parent=conference,
        participations=[
            Participation(name_as_shown=one.name, person=one) for one in (person, silent)
        ],
    )
    speaker = PersonFactory(name="Ina")
    own = SessionPageFactory(
        parent=conference, participations=[Participation(name_as_shown="Ina", person=speaker)]
    )
    offer = DocumentationOffer.objects.create(
        session=own, user=UserFactory(), kind="result", description="Gut.", state="waiting"
    )
    return {
        "own_session": own.pk,
        "offer": offer.pk,
        "conference": conference.pk,
        "conference_uuid": conference.public_id,
        "session": session.pk,
        "person_uuid": person.public_id,
        "silent_person_uuid": silent.public_id,
    }


def upkeep_samples(resource):
    """A report about a resource, a question about freshness, and the ends of the links to them."""
    report = ContentReport.objects.create(
        kind="resource", key=resource.public_id, title=resource.title, reason="spam", text="Nein."
    )
    digest = FreshnessDigest.objects.create(user=UserFactory())
    return {
        "report": report.pk,
        "suggestion": EditSuggestion.objects.create(
            kind="resource", key=resource.public_id, title="Satzung", part="text", text="Neu"
        ).pk,
        "link": CheckedLink.objects.create(key="x", url="https://example.org/").pk,
        "report_token": link_of(report).split("/")[-3],
        "freshness_token": freshness.link_of(digest, "de").split("/")[-2],
    }


def contributing_samples(organisation):
    """What the owner of A has begun, and what she has sent; both belong to her once she signs in."""
    author = UserFactory()
    # No second owner: the owner of A would be free to leave, and what follows would not be hers.
    MembershipFactory(user=author, organisation=organisation, role="editor")
    sent = ResourceFactory(organisation=organisation, live=False)
    sent.save_revision()
    submit(item=sent, by=author)
    draft = ResourceDraft.objects.create(owner=author)
    return {"member_draft": draft.public_id, "resource_of_a": sent.public_id}


def people_samples(organisation):
    """Somebody who belongs to the organisation, somebody who asks, somebody who is invited."""
    tokens = [secrets.token_urlsafe(32) for _ in range(2)]
    invited = [
        InvitationFactory(organisation=organisation, token_hash=invitations._hash(token))
        for token in tokens
    ]
    join_request = JoinRequestFactory(organisation=organisation)
    return {
        "membership": MembershipFactory(organisation=organisation).pk,
        "join_request": join_request.pk,
        "join_request_uuid": join_request.public_id,
        "claim": ClaimFactory(organisation=organisation).pk,
        "block_appeal": BlockAppeal.objects.create(organisation=OrganisationFactory()).pk,
        "invitation": invited[0].pk,
        "invitation_uuid": invited[0].public_id,
        "invitation_token": tokens[0],
        "other_invitation_token": tokens[1],
    }


def file_samples(public, hidden):
    """A picture, a document of something public and one of a draft."""
    image = ImageFactory()
    return {
        "image": image.pk,
        "original": image.file.name,
        "rendition": image.get_rendition("width-8").file.name,
        "document": public.pk,
        "document_uuid": public.public_id,
        "document_file": public.file.name,
        "document_name": public.filename,
        "hidden_document_name": hidden.filename,
        "hidden_document": hidden.pk,
        "hidden_document_uuid": hidden.public_id,
    }


def submission_samples(organisation):
    """A new version of organisation A's profile that waits for review."""
    version = organisation.save_revision()
    sent = Submission.objects.create(item=organisation, revision=version, title="Verein")
    return {"submission": sent.pk, "submission_uuid": sent.public_id}


@pytest.fixture
def samples(db):
    """What the addresses of the table name."""
    TopicFactory(code="ai")
    RegionFactory(code="DE-BE")
    public, hidden = DocumentFactory(), DocumentFactory()
    resource = ResourceFactory(title="Satzung", files=[ResourceFile(document=public)])
    resource.save_revision()
    draft = ResourceFactory(title="Entwurf", live=False, files=[ResourceFile(document=hidden)])
    members = ResourceFactory(title="Intern", visibility="members")
    withdrawn = ResourceFactory(title="Alt")
    withdraw(item=withdrawn, reason="Überholt.")
    organisation = OrganisationFactory(name="Verein", contact_email="verein@example.org")
    draft_organisation = OrganisationFactory(name="Entwurf", live=False)
    page, _draft = ContentPageFactory(slug="seite"), ContentPageFactory(slug="entwurf", live=False)
    return {
        **conference_samples(),
        **file_samples(public, hidden),
        **people_samples(organisation),
        **upkeep_samples(resource),
        **contributing_samples(organisation),
        "lang": "de",
        "section": "material",
        "import_run": ImportRun.objects.create(
            kind="resource", organisation=organisation, user=UserFactory()
        ).public_id,
        "resource": resource.pk,
        "resource_uuid": resource.public_id,
        "draft": draft.pk,
        "draft_uuid": draft.public_id,
        "members": members.pk,
        "members_uuid": members.public_id,
        "withdrawn": withdrawn.pk,
        "organisation": organisation.pk,
        "organisation_uuid": organisation.public_id,
        "draft_organisation": draft_organisation.pk,
        "draft_organisation_uuid": draft_organisation.public_id,
        "page": page.pk,
        "missing": MissingReport.objects.create(query="Satzung").pk,
        "synonyms": SynonymGroup.objects.create(words=["NGO", "NRO"]).pk,
        "user": UserFactory().pk,
        **submission_samples(organisation),
        "unsubscribe": wishes.token(kind="submission", to="ada@example.org"),
        "revision": resource.latest_revision_id,
        "page_revision": page.save_revision().pk,
    }
