"""One of each thing that is not for everybody, each with words that stand nowhere else.

Everything, public or not, also holds the word SHARED, so that lists and counts can betray it.
"""

import datetime as dt

from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction, Comment, PageViewRestriction

from conference.models import Contact
from knowledge.models import Contributor, OrganisationText, Publisher, ResourceFile
from knowledge.services.publication import publish, withdraw
from search.models import FilePage, FileText, MissingReport, SynonymGroup
from tests.factories.accounts import UserFactory
from tests.factories.base import ContentPageFactory, DocumentFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    SessionPageFactory,
    publish as publish_page,
)
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
    TopicFactory,
)

SHARED = "Nachbarschaft"
MARK = "xyqz"


class Secrets(list):
    """Words of the fixture; call it to get another one for a place."""

    def __call__(self, place):
        word = f"{MARK}{place}"
        assert word not in self
        self.append(word)
        return word


def paragraph(text):
    return [("paragraph", f"<p>{text}</p>")]


def written_document(word, **fields):
    """A document whose text was read and holds this word on its page."""
    document = DocumentFactory(**fields)
    text, _is_new = FileText.objects.update_or_create(
        document=document, defaults={"state": "read", "file_hash": document.file_hash}
    )
    FilePage.objects.create(file=text, number=1, text=f"{SHARED} {word}")
    return document


def make_public_items():
    """Five public items and nothing else; returns them by kind."""
    topic = TopicFactory(code="housing", labels={"de": "Wohnen", "en": "Housing"})
    conference = ConferencePageFactory(title=f"{SHARED} tagt", slug="nachbarschaft")
    resource = ResourceFactory(title=f"{SHARED} verbinden", topics=[topic], tags=["Haus"])
    publish(item=resource)
    return {
        "resource": resource,
        "organisation": OrganisationFactory(name=f"{SHARED} e. V.", topics=[topic]),
        "conference": conference,
        "session": SessionPageFactory(title=f"{SHARED} im Gespräch", parent=conference),
        "page": ContentPageFactory(title=f"{SHARED} hier", slug="hier"),
    }


def add_to_public_items(public, secret):
    """What editors keep about public items, and changes nobody has approved."""
    resource = public["resource"]
    hidden = OrganisationFactory(name=f"{SHARED} {secret('publisher')}", live=False)
    members = OrganisationFactory(name=secret("contributor"), visibility="members")
    locked = Collection.get_first_root_node().add_child(name="Intern")
    restriction = CollectionViewRestriction.objects.create(
        collection=locked, restriction_type="groups"
    )
    restriction.groups.set([Group.objects.create(name="Intern")])
    document = written_document(secret("lockedfile"), title="Beilage", collection=locked)
    resource.publishers.set([Publisher(organisation=hidden), Publisher(name="Verlag")])
    resource.contributors.set([Contributor(organisation=members)])
    resource.files.set([ResourceFile(document=document)])
    resource.organisation = hidden
    publish(item=resource)
    # From here on only a revision knows it.
    resource.title = f"{SHARED} {secret('newtitle')}"
    resource.summary = secret("newsummary")
    resource.body = paragraph(secret("newbody"))
    resource.tags.add(secret("newtag"))
    resource.publishers.add(Publisher(name=secret("newpublisher")))
    resource.files.add(ResourceFile(document=written_document(secret("newfile"))))
    resource.save_revision()
    add_to_organisation(public["organisation"], secret)
    PersonFactory(name="Ada", consent_note=secret("consent"), biography=secret("biography"))
    add_to_public_pages(public, secret)


def add_to_organisation(organisation, secret):
    """Whom to write to, where it really is, and a description that is not approved."""
    type(organisation).objects.filter(pk=organisation.pk).update(
        contact_email=f"{secret('mail')}@example.org",
        location_precision="region",
        region=RegionFactory(code="DE-BE"),
        city=secret("city"),
        district=secret("district"),
        street=secret("street"),
    )
    organisation.refresh_from_db()
    organisation.texts.add(
        OrganisationText(
            language=LanguageFactory(code="ar"), name=secret("othername"), description="x"
        )
    )
    organisation.save_revision()


def add_to_public_pages(public, secret):
    """The same for pages."""
    conference = public["conference"]
    conference.contacts.add(Contact(name_as_shown="Ada", email=f"{secret('contact')}@example.org"))
    conference = publish_page(conference)
    conference.introduction = secret("newintroduction")
    conference.save_revision()
    page = public["page"]
    page.title = secret("newpagetitle")
    page.save_revision()
    Comment.objects.create(
        page=page, user=UserFactory(email=f"{secret('account')}@example.org"),
        text=secret("comment"), contentpath="title", position="",
    )  # fmt: skip


def make_private_items(public, secret):
    """What is not public, in all ways an item can be so. Returns a public one with a hidden version."""
    topic = public["resource"].topics.first()

    def texts(place, **more):
        return {
            "title": f"{SHARED} {secret(place + 'title')}",
            "summary": secret(place + "summary"),
            "body": paragraph(secret(place + "body")),
            "tags": [secret(place + "tag")],
            "topics": [topic],
            "publishers": [Publisher(name=secret(place + "publisher"))],
            "files": [
                ResourceFile(
                    label=secret(place + "label"), document=written_document(secret(place + "file"))
                )
            ],
            **more,
        }

    ResourceFactory(**texts("draft"), live=False)
    ResourceFactory(**texts("members"), visibility="members")
    original = ResourceFactory(title=f"{SHARED} im Original", topics=[topic])
    ResourceFactory(
        **texts("translation"), live=False, language=LanguageFactory(code="tr"),
        source_version=original, translation_key=original.translation_key,
    )  # fmt: skip
    gone = ResourceFactory(**texts("withdrawn"))
    withdraw(item=gone, reason=secret("reason"))
    for state, fields in {"hidden": {"live": False}, "internal": {"visibility": "members"}}.items():
        OrganisationFactory(
            name=f"{SHARED} {secret(state + 'name')}", short_name=secret(state + "short"),
            description=f"<p>{secret(state + 'description')}</p>", topics=[topic],
            tags=[secret(state + "grouptag")], **fields,
        )  # fmt: skip
    make_private_pages(public, secret)
    MissingReport.objects.create(query=secret("searched"), text=secret("missing"))
    SynonymGroup.objects.create(words=[SHARED, "Kiez"], note=secret("note"))
    return original


def make_private_pages(public, secret):
    """Drafts, locked pages, and sessions of conferences nobody may see."""
    ContentPageFactory(title=f"{SHARED} {secret('page')}", live=False)
    restrict(ContentPageFactory(title=f"{SHARED} {secret('lockedpage')}"))
    for state, live in {"unpublished": False, "locked": True}.items():
        conference = ConferencePageFactory(
            title=f"{SHARED} {secret(state + 'conference')}",
            introduction=secret(state + "introduction"), live=live,
        )  # fmt: skip
        SessionPageFactory(
            title=f"{SHARED} {secret(state + 'session')}",
            people_as_shown=secret(state + "people"), parent=conference,
        )  # fmt: skip
        if live:
            restrict(conference)
    SessionPageFactory(
        title=f"{SHARED} {secret('draftsession')}", live=False, parent=public["conference"]
    )


def restrict(page):
    """Only for people who are signed in."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def make_items_to_hide(secret, topic):
    """Public items with words of their own, and how each is taken out of sight."""
    day = dt.date(2021, 3, 4)
    resource = ResourceFactory(
        title=f"{SHARED} {secret('title')}", summary=secret("summary"), tags=[secret("tag")],
        body=paragraph(secret("body")), topics=[topic], published_on=day, year=day.year,
        publishers=[Publisher(name=secret("house"))],
    )  # fmt: skip
    members = ResourceFactory(title=f"{SHARED} {secret('members')}", topics=[topic])
    organisation = OrganisationFactory(
        name=f"{SHARED} {secret('name')}", topics=[topic], tags=[secret("grouptag")]
    )
    page = ContentPageFactory(title=f"{SHARED} {secret('page')}")
    conference = ConferencePageFactory(title=f"{SHARED} {secret('conference')}")
    SessionPageFactory(title=f"{SHARED} {secret('session')}", parent=conference)

    def hide():
        withdraw(item=resource, reason="Überholt.")
        members.visibility = "members"
        publish(item=members)
        withdraw(item=organisation, reason="Aufgelöst.")
        restrict(page)
        conference.unpublish()

    return hide
