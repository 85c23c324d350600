"""From a change in another room to the index: the outbox, the worker, what is public and what is not."""

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from knowledge.enums import Visibility
from knowledge.models import Publisher, Resource, Tag
from knowledge.services.publication import publish, withdraw
from search import indexer, sources
from search.engines import EngineUnavailable, get_engine
from search.models import IndexJob
from search.outbox import collecting, enqueue
from tests.factories.base import ContentPageFactory
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, VenueFactory
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def jobs():
    return sorted(IndexJob.objects.values_list("group", flat=True))


def group(item):
    return f"resource:{item.translation_key}"


def test_publishing_notes_a_job_in_the_same_transaction(index):
    resource = ResourceFactory(live=False)
    assert jobs() == []

    with transaction.atomic():
        publish(item=resource)
        assert jobs() == [group(resource)]
        transaction.set_rollback(True)
    assert jobs() == []

    publish(item=Resource.objects.get(pk=resource.pk))
    assert jobs() == [group(resource)]


def test_published_items_are_found_and_withdrawn_ones_are_not(index, titles):
    resource = ResourceFactory(title="Wohnungssuche", live=False)
    index()
    assert titles("Wohnungssuche") == []

    publish(item=resource)
    index()
    assert titles("Wohnungssuche") == ["Wohnungssuche"]
    assert jobs() == []

    withdraw(item=Resource.objects.get(pk=resource.pk), reason="veraltet")
    index()
    assert titles("Wohnungssuche") == []
    assert get_engine().ids() == {}


def test_deleted_items_leave_the_index(index, titles):
    resource = ResourceFactory(title="Wohnungssuche")
    index(everything=True)

    resource.delete()
    index()

    assert get_engine().ids() == {}


def test_an_edit_that_is_not_published_changes_nothing(index, titles):
    resource = ResourceFactory(title="Wohnungssuche", live=False)
    publish(item=resource)
    index()

    resource.title = "Geheimnis"
    resource.save_revision()

    assert jobs() == []
    index(everything=True)
    assert titles("Wohnungssuche") == ["Wohnungssuche"]
    assert titles("Geheimnis") == []


@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"visibility": Visibility.MEMBERS}], ids=["draft", "members"]
)
def test_what_is_not_public_is_nowhere_in_the_index(index, search, client, hidden):
    word = "Zitronenfalter"
    tag = f"{word}-Marke"
    ResourceFactory(title=f"Das {word}", summary=word, tags=[tag], **hidden)
    organisation = OrganisationFactory(name=f"{word} e.V.", description=word, **hidden)
    public = ResourceFactory(title="Öffentlich", publishers=[Publisher(organisation=organisation)])
    index(everything=True)

    page = search(word)

    assert page.total == 0
    assert page.hits == []
    assert word.lower() not in get_engine().vocabulary()
    assert list(get_engine().ids()) == [f"resource:{public.public_id}"]
    addresses = ("search", f"search?q={word}", f"suggest?q={word}", "resources", "organisations")
    everything = str([client.get(f"/api/v1/{address}").json() for address in addresses])
    everything += client.get("/de/suche/").content.decode()
    assert word not in everything
    assert "Öffentlich" in everything


def test_an_index_that_is_behind_shows_nothing_private(index, search):
    resource = ResourceFactory(title="Wohnungssuche")
    index(everything=True)

    Resource.objects.filter(pk=resource.pk).update(visibility=Visibility.MEMBERS)

    assert search("Wohnungssuche").hits == []


def test_e_mail_addresses_and_streets_are_not_indexed(index, search):
    OrganisationFactory(
        name="Verein",
        contact_email="canary@example.org",
        street="Kanarienweg 1",
        city="Verstecktdorf",
        location_precision="district",
    )
    index(everything=True)

    for word in ("canary", "Kanarienweg", "Verstecktdorf"):
        assert search(word).total == 0
    assert search("Verein").total == 1


def test_language_versions_of_a_work_are_one_hit(index, search):
    turkish = LanguageFactory(code="tr")
    original = ResourceFactory(title="Verein gründen")
    translation = ResourceFactory(
        title="Dernek kurmak", language=turkish, translation_key=original.translation_key
    )
    index(everything=True)

    assert [hit.item.title for hit in search("").hits] == ["Verein gründen"]
    # The words of the other version find the work, too.
    assert [hit.item.title for hit in search("kurmak").hits] == ["Verein gründen"]
    chosen = {"language": ("tr",)}
    assert [hit.item.title for hit in search("", chosen=chosen).hits] == ["Dernek kurmak"]

    translation.delete()
    index()
    assert search("kurmak").total == 0


def test_a_tag_a_topic_and_a_publisher_are_followed_when_they_change(index, titles):
    topic = TopicFactory(code="housing-x", labels={"de": "Behausung"})
    house = OrganisationFactory(name="Haus der Stille", live=False)
    publish(item=house)
    resource = ResourceFactory(
        title="Text", tags=["Zelt"], topics=[topic], publishers=[Publisher(organisation=house)]
    )
    index(everything=True)
    assert titles("Zelt") == titles("Behausung") == ["Text"]

    Tag.objects.get(name="Zelt").delete()
    topic.labels = {"de": "Unterkunft"}
    topic.save()
    house.name = "Haus des Lärms"
    publish(item=house)
    assert group(resource) in jobs()
    index()

    assert titles("Zelt") == titles("Behausung") == titles("Stille") == []
    assert titles("Unterkunft") == ["Text"]
    assert "Text" in titles("Lärm")


def test_a_venue_is_followed_when_its_name_changes(db):
    venue = VenueFactory()
    conference = ConferencePageFactory(venue=venue)
    ConferencePageFactory()
    IndexJob.objects.all().delete()

    venue.save()

    assert jobs() == [f"conference:{conference.translation_key}"]


def test_a_country_finds_the_items_of_its_states(index, search):
    germany = RegionFactory(code="DE")
    berlin = RegionFactory(code="DE-BE")
    assert berlin.parent == germany
    ResourceFactory(title="Berliner Sachen", regions=[berlin])
    ResourceFactory(title="Überall")
    index(everything=True)

    page = search("", chosen={"region": ("DE",)})

    assert [hit.item.title for hit in page.hits] == ["Berliner Sachen"]


def test_pages_are_found_and_private_branches_are_not(index, titles):
    conference = ConferencePageFactory(title="Fachtagung Zukunft")
    SessionPageFactory(title="Werkstatt Zukunft", parent=conference)
    ContentPageFactory(title="Über die Zukunft")
    index(everything=True)
    assert len(titles("Zukunft")) == 3

    restriction = PageViewRestriction.objects.create(
        page=conference, restriction_type=PageViewRestriction.LOGIN
    )
    index()
    assert titles("Zukunft") == ["Über die Zukunft"]

    restriction.delete()
    index()
    assert len(titles("Zukunft")) == 3

    conference.unpublish()
    index()
    assert titles("Zukunft") == ["Über die Zukunft"]


def test_deleting_a_branch_of_pages_empties_the_index(index):
    conference = ConferencePageFactory()
    SessionPageFactory(parent=conference)
    index(everything=True)
    assert len(get_engine().ids()) == 2

    conference.delete()
    index()

    assert get_engine().ids() == {}


def test_a_private_page_can_be_deleted_with_its_conference():
    conference = ConferencePageFactory()
    for page in (conference, SessionPageFactory(parent=conference)):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    conference.delete()

    assert not PageViewRestriction.objects.exists()


def test_imports_note_each_work_once(db):
    with collecting():
        enqueue(["resource:1", "resource:2"])
        enqueue(["resource:1"])
        assert jobs() == []

    assert jobs() == ["resource:1", "resource:2"]


def test_jobs_wait_while_the_engine_cannot_be_written(index, titles, monkeypatch):
    index()
    publish(item=ResourceFactory(title="Wartet", live=False))
    engine = get_engine()

    def broken(*args, **kwargs):
        raise EngineUnavailable("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(type(engine), "write", broken)
        with pytest.raises(EngineUnavailable):
            indexer.bring_up_to_date()
    job = IndexJob.objects.get()
    assert (job.attempts, job.is_parked) == (0, False)

    index()
    assert titles("Wartet") == ["Wartet"]


def test_one_bad_item_does_not_hold_up_the_others_and_is_parked_in_the_end(
    index, titles, monkeypatch
):
    index()
    good = ResourceFactory(title="Gut")
    bad = ResourceFactory(title="Schlecht")
    real = sources.collect

    def collect(groups):
        if group(bad) in groups:
            raise ValueError("cannot be read")
        return real(groups)

    monkeypatch.setattr(sources, "collect", collect)
    enqueue([group(bad), group(good)])

    done = index()

    assert (done.jobs, done.failed) == (2, 1)
    assert titles("Gut") == ["Gut"]
    for _attempt in range(indexer.MAX_ATTEMPTS):
        IndexJob.objects.update(not_before=timezone.now())
        index()
    job = IndexJob.objects.get()
    assert job.is_parked
    assert job.error == "ValueError: cannot be read"

    monkeypatch.undo()
    assert indexer.unpark() == 1
    index()
    assert jobs() == []
    assert titles("Schlecht") == ["Schlecht"]


def test_worker_reads_the_state_of_the_database_so_jobs_may_repeat(index, titles):
    resource = ResourceFactory(title="Mehrfach")
    index()
    enqueue([group(resource)])
    enqueue([group(resource), "resource:00000000-0000-0000-0000-000000000000", "nonsense:1"])

    index()

    assert titles("Mehrfach") == ["Mehrfach"]
    assert len(get_engine().ids()) == 1


@pytest.mark.parametrize("item_count", [1, 6])
def test_collecting_needs_the_same_number_of_queries_for_any_number_of_items(
    index, django_assert_num_queries, item_count
):
    topic, region = TopicFactory(), RegionFactory(code="DE-BE")
    for number in range(item_count):
        ResourceFactory(
            topics=[topic], regions=[region], tags=["eins"], publishers=[Publisher(name="Verlag")]
        )
        OrganisationFactory(topics=[topic], region=region, tags=["zwei"], name=f"O {number}")
    conference = ConferencePageFactory()
    for _number in range(item_count):
        SessionPageFactory(parent=conference)
    groups = list(sources.all_groups())
    assert len(groups) == 3 * item_count + 1

    with django_assert_num_queries(34):
        documents = sources.collect(groups)

    assert len(documents) == len(groups)
