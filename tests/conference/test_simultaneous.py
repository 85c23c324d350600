"""Several editors change one session at the same moment: nothing of what they were told is done gets lost."""

import pytest

from conference.models import (
    DocumentationOffer,
    Occurrence,
    Participation,
    SessionDocumentation,
    SessionPage,
)
from conference.services import offers
from conference.services.programme_editing import PageChanges, save_programme
from nexsm.base import items
from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.conference import PersonFactory, SessionPageFactory, at, publish
from tests.races import several_writers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    person = PersonFactory(user=UserFactory())
    return publish(
        SessionPageFactory(
            participations=[Participation(name_as_shown="Ada", person=person)],
            occurrences=[Occurrence(start=at("12:00"))],
            documentation=[SessionDocumentation(url="https://example.org/alt")],
        )
    )


def offered(session, number):
    return offers.offer_documentation(
        session=session,
        by=session.participations.get().person.user,
        values={"kind": "link", "url": f"https://example.org/{number}"},
    )


def addresses(session):
    stored = SessionPage.objects.get(pk=session.pk)
    assert not stored.has_unpublished_changes
    return sorted(row.url.rpartition("/")[2] for row in stored.documentation.all())


def test_times_links_and_offers_changed_at_once_are_all_on_the_page(tmp_path, session):
    editor = SuperuserFactory()
    sent = [offered(session, number) for number in range(2)]
    uid = session.occurrences.get().uid

    def save_times():
        changes = PageChanges(rows={uid: {"start": at("16:00")}})
        conference = session.get_parent().specific
        return save_programme(
            conference=conference, changes={session.pk: changes}, by=editor, publish=True
        ).published

    def change_links():
        return items.kind_named("page").change_links(
            session, lambda url: url.replace("/alt", "/neu"), by=editor
        )

    work = [
        lambda: offers.accept(offer=sent[0], by=editor),
        save_times,
        lambda: offers.accept(offer=sent[1], by=editor),
        change_links,
    ]
    with several_writers(tmp_path) as race:
        results = race(lambda number: work[number](), len(work))
        assert results == [True, [session.title], True, True]
        assert addresses(session) == ["0", "1", "neu"]
        assert set(DocumentationOffer.objects.values_list("state", flat=True)) == {"accepted"}
        assert SessionPage.objects.get(pk=session.pk).occurrences.get().start == at("16:00")
