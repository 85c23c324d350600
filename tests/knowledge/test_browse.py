"""Filters of lists: what they find and how many items each choice says it leaves."""

import itertools
import random

import pytest
from django.utils.translation import override

from knowledge import browse
from knowledge.enums import EasyLanguage, OrganisationKind, Verification
from knowledge.models import Language, Organisation, Region, Resource, ResourceType, Topic
from knowledge.queries import region_with_children, topics_with_counts
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

TYPES = ("guide", "study", "video")
TOPICS = ("funding", "association-law", "language-learning")
LANGUAGES = ("de", "ar", "uk")
REGIONS = ("DE", "DE-BE", "DE-BY", "AT", "AT-9", "CH-ZH")


@pytest.fixture
def resources():
    chance = random.Random(7)  # noqa: S311
    some = chance.sample
    for _number in range(40):
        ResourceFactory(
            type=ResourceType.objects.get(code=chance.choice(TYPES)),
            language=Language.objects.get(code=chance.choice(LANGUAGES)),
            languages=Language.objects.filter(code__in=some(LANGUAGES, chance.randrange(3))),
            topics=Topic.objects.filter(code__in=some(TOPICS, chance.randrange(3))),
            regions=Region.objects.filter(code__in=some(REGIONS, chance.randrange(3))),
            easy_language=chance.choice(["", *EasyLanguage.values]),
            year=chance.choice([None, 2001, 2010, 2020]),
        )
    return list(Resource.objects.prefetch_related("languages", "topics", "regions"))


def codes_of(resource, name):
    """The codes by which a filter must find the resource, by plain Python."""
    regions = {region.code for region in resource.regions.all()}
    return {
        "type": {resource.type.code},
        "topic": {topic.code for topic in resource.topics.all()},
        "language": {resource.language.code, *(row.code for row in resource.languages.all())},
        "region": regions | {code.split("-")[0] for code in regions},
        "audience": set(),
        "easy": {resource.easy_language} - {""},
    }[name]


def matches(resource, chosen, without=""):
    return all(
        codes_of(resource, name).intersection(codes)
        for name, codes in chosen.items()
        if name != without
    )


CHOICES = [
    {},
    {"type": ["guide"]},
    {"type": ["guide", "video"], "topic": ["funding"]},
    {"language": ["ar"]},
    {"language": ["ar", "uk"], "region": ["DE"]},
    {"region": ["DE-BE", "AT"], "easy": ["easy"], "topic": ["funding", "association-law"]},
    {"region": ["CH"]},
    {"type": ["nothing"]},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_filters_find_and_count_what_counting_by_hand_gives(resources, chosen):
    result = browse.filter_items(Resource.objects.all(), browse.RESOURCE_FACETS, chosen)

    expected = {item.pk for item in resources if matches(item, chosen)}
    assert sorted(result.items.values_list("pk", flat=True)) == sorted(expected)
    for group in result.groups:
        rest = [item for item in resources if matches(item, chosen, without=group.name)]
        counts = {
            option.value: sum(option.value in codes_of(item, group.name) for item in rest)
            for option in group.options
        }
        assert {option.value: option.count for option in group.options} == counts
        offered = set().union(*(codes_of(item, group.name) for item in rest))
        assert offered <= {option.value for option in group.options}
        selected = {option.value for option in group.options if option.selected}
        assert selected == set(chosen.get(group.name, [])) - {"nothing"}


def test_organisations_are_filtered_the_same_way():
    states = itertools.product(OrganisationKind.values, Verification.values, ["DE-BE", "AT", None])
    for kind, verification, region in states:
        OrganisationFactory(
            kind=kind,
            verification=verification,
            region=Region.objects.get(code=region) if region else None,
            languages_spoken=[Language.objects.get(code="ar")],
        )
    chosen = {"kind": ["online-community"], "region": ["DE"]}
    result = browse.filter_items(Organisation.objects.all(), browse.ORGANISATION_FACETS, chosen)

    assert result.items.count() == 3
    counts = {
        group.name: {option.value: option.count for option in group.options}
        for group in result.groups
    }
    assert counts["kind"] == {"organisation": 3, "online-community": 3}
    assert counts["region"] == {"DE": 3, "DE-BE": 3, "AT": 3}
    assert counts["language"] == {"ar": 3}
    assert counts["verification"] == {"shadow": 1, "unverified": 1, "verified": 1}


def test_a_country_means_its_states():
    def codes(*wanted):
        return {Region.objects.get(pk=pk).code for pk in region_with_children(wanted)}

    assert codes("LI") == {"LI", *(f"LI-{number:02}" for number in range(1, 12))}
    assert codes("DE-BE") == {"DE-BE"}
    assert codes("XX") == codes() == set()


def test_choices_have_names_in_the_interface_language(resources):
    def labels(language):
        with override(language):
            groups = browse.filter_items(Resource.objects.all(), browse.RESOURCE_FACETS, {}).groups
            return {option.value: option.label for option in groups[0].options}

    assert labels("de")["guide"] == "Leitfaden"
    assert labels("en")["guide"] == "Guide"


def test_the_number_of_queries_does_not_depend_on_items(resources, django_assert_num_queries):
    def groups():
        browse.filter_items(Resource.objects.all(), browse.RESOURCE_FACETS, {"type": ["guide"]})

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        groups()
    ResourceFactory.create_batch(5, regions=[Region.objects.get(code="DE-BY")])
    with django_assert_num_queries(len(queries)):
        groups()


@pytest.mark.parametrize(
    ("bounds", "years"),
    [((2001, 2010), {2001, 2010}), ((2011, None), {2020}), ((None, 2001), {2001})],
)
def test_years_include_both_ends(resources, bounds, years):
    found = browse.filter_years(Resource.objects.all(), *bounds)

    assert set(found.values_list("year", flat=True)) == years


def test_unknown_orders_are_the_first(resources):
    _items, name = browse.order_items(Resource.objects.all(), browse.RESOURCE_ORDERS, "; drop")
    assert name == "newest"
    items, name = browse.order_items(Resource.objects.all(), browse.RESOURCE_ORDERS, "title")
    titles = list(items.values_list("title", flat=True))
    assert (name, titles) == ("title", sorted(titles))


def test_topics_count_only_what_the_viewer_may_read():
    funding = Topic.objects.get(code="funding")
    for live, visibility in itertools.product([True, False], ["public", "members"]):
        ResourceFactory(live=live, visibility=visibility, topics=[funding])
        OrganisationFactory(live=live, visibility=visibility, topics=[funding])
    from django.contrib.auth.models import AnonymousUser

    for viewer, number in ((AnonymousUser(), 1), (UserFactory(), 2)):
        topic = topics_with_counts(viewer).get(code="funding")
        assert (topic.resource_count, topic.organisation_count) == (number, number)
