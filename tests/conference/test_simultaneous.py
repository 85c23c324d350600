"""Several editors change one session at the same moment: nothing of what they were told is done gets lost."""

import pytest

from conference.models import (
    ConferencePage,
    DocumentationOffer,
    Occurrence,
    Participation,
    SessionDocumentation,
    SessionPage,
)
from conference.services import offers
from conference.services.programme_editing import PageChanges, save_programme
from nexsm.base import items
from tests.conference.schedule_files import event, run, schedule
from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.conference import (
    PersonFactory,
    SessionPageFactory,
    at,
    default_index,
    publish,
)
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


@pytest.fixture
def imported():
    """A session from a file, in which an account is named."""
    default_index()
    run(schedule(event(1)), publish=True)
    page = SessionPage.objects.get()
    person = PersonFactory(user=UserFactory())
    page.participations.add(Participation(name_as_shown="Ada", person=person))
    return publish(page)


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


def test_a_file_that_comes_again_keeps_what_is_taken_up_at_the_same_moment(tmp_path, imported):
    editor, sent = SuperuserFactory(), offered(imported, 1)
    changed = schedule(event(1, title="Neuer Titel"))
    work = [
        lambda: offers.accept(offer=sent, by=editor),
        lambda: run(changed, publish=True).outcome.changed,
    ]
    with several_writers(tmp_path) as race:
        assert race(lambda number: work[number](), len(work)) == [True, 1]
        assert addresses(imported) == ["1"]
        assert SessionPage.objects.get().title == "Neuer Titel"


def test_who_merely_checks_a_file_breaks_nobodys_saving_off(tmp_path):
    """Without holding the pages first, PostgreSQL finds a deadlock: the trial takes them in another order."""
    default_index()
    numbers = range(1, 9)
    run(schedule(*[event(number) for number in numbers]), publish=True)
    conference, editor = ConferencePage.objects.get(), SuperuserFactory()
    changed = schedule(*[event(number, title=f"Neu {number}") for number in numbers])
    times = Occurrence.objects.order_by("session_id").values_list("session_id", "uid")
    later = {page: PageChanges(rows={uid: {"start": at("16:00")}}) for page, uid in reversed(times)}

    def check():
        return run(changed, publish=True, dry_run=True).outcome.changed

    def save():
        saved = save_programme(conference=conference, changes=later, by=editor, publish=True)
        return len(saved.published)

    work = [check, save, check]
    with several_writers(tmp_path) as race:
        assert race(lambda number: work[number](), len(work)) == [8, 8, 8]
        assert not SessionPage.objects.filter(title__startswith="Neu").exists()
