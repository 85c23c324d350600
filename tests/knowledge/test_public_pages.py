"""Pages of the knowledge base as visitors see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import gettext, override

from knowledge.enums import Visibility
from knowledge.models import (
    Audience,
    Contributor,
    Language,
    Licence,
    Publisher,
    Region,
    ResourceFile,
    SocialChannel,
    Topic,
)
from knowledge.services import publication
from tests.factories.accounts import UserFactory
from tests.factories.base import DocumentFactory, HomePageFactory, ImageFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

LISTS = ["/de/material/", "/de/organisationen/", "/en/material/", "/en/organisationen/"]


@pytest.fixture(autouse=True)
def home():
    return HomePageFactory()


def full_resource(number=1):
    topic = Topic.objects.get(code="funding")
    return ResourceFactory(
        title=f"Titel {number}",
        topics=[topic],
        regions=[Region.objects.get(code="DE-BE")],
        languages=[Language.objects.get(code="ar"), Language.objects.get(code="de")],
        audiences=[Audience.objects.first()],
        tags=["Recht", f"Wort {number}"],
        licence=Licence.objects.first(),
        cover_image=ImageFactory(),
        cover_alt="Ein Bild",
        contributors=[Contributor(organisation=full_organisation(f"{number}a"))],
        publishers=[Publisher(organisation=full_organisation(f"{number}b"))],
        files=[ResourceFile(document=DocumentFactory(), language=Language.objects.get(code="ar"))],
    )


def full_organisation(number=1):
    return OrganisationFactory(
        name=f"Name {number}",
        topics=[Topic.objects.get(code="funding")],
        languages_spoken=[Language.objects.get(code="ar")],
        region=Region.objects.get(code="DE-BE"),
        logo=ImageFactory(),
        tags=["Beratung"],
        channels=[SocialChannel(platform="instagram", url="https://instagram.com/x")],
    )


def queries_for(client, url):
    client.get(url)  # content types, site and locale are remembered after the first request
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize(
    "url",
    ["/de/", "/de/material/", "/de/organisationen/", "/de/themen/", "/de/themen/funding/"],
)
def test_one_item_and_many_need_the_same_number_of_queries(client, url):
    full_resource(1)
    one = queries_for(client, url)
    full_resource(2)
    full_resource(3)
    many = queries_for(client, url)

    assert len(one) == len(many), "\n".join(sorted(set(many) - set(one)))


def test_a_resource_page_needs_the_same_number_of_queries_with_more_of_everything(client):
    resource = full_resource()
    full_resource(2)
    one = queries_for(client, resource.get_absolute_url())
    for number in range(3, 6):
        full_resource(number)
        resource.contributors.add(Contributor(organisation=full_organisation(f"{number}c")))
        resource.files.add(ResourceFile(document=DocumentFactory()))
    resource.topics.add(*Topic.objects.all()[:5])
    resource.save()
    many = queries_for(client, resource.get_absolute_url())

    assert len(one) == len(many), "\n".join(sorted(set(many) - set(one)))


def test_a_profile_needs_the_same_number_of_queries_with_more_of_everything(client):
    organisation = full_organisation()
    ResourceFactory(publishers=[Publisher(organisation=organisation)])
    one = queries_for(client, organisation.get_absolute_url())
    for _number in range(3):
        ResourceFactory(publishers=[Publisher(organisation=organisation)])
        organisation.channels.add(SocialChannel(platform="x", url="https://x.com/x"))
    organisation.topics.add(*Topic.objects.all()[:5])
    organisation.save()
    many = queries_for(client, organisation.get_absolute_url())

    assert len(one) == len(many), "\n".join(sorted(set(many) - set(one)))


@pytest.mark.parametrize("url", [*LISTS, "/de/themen/", "/de/themen/funding/", "/de/"])
def test_pages_without_any_item_are_pages(client, url):
    response = client.get(url)

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=0",
        "page=1000000000",
        "page=99999999999999999999999999",
        "page=abc",
        "page=",
        "page=1.5",
        "page=%00",
        "page=٣",
        "page=" + "9" * 5000,
        "page=--1",
        "type=%00",
        "topic=%00funding",
        "type=" + "x" * 10_000,
        "language=de%0d%0aSet-Cookie:%20a=b",
        "region=DE%27%20OR%201=1--",
        "year_from=-1&year_to=99999999999999999999",
        "year_from=abc&year_to=²",
        "year_from=2020&year_to=1990",
        "sort=;drop%20table",
        "unknown=1&utm_source=x",
        "&&&===",
        "%ff=%fe",
        "type[]=guide&type=guide&type=guide",
        "&".join(f"topic=t{number}" for number in range(200)),
    ],
    ids=lambda query: f"{query[:40]}-{len(query)}",
)
def test_nonsense_in_the_address_is_a_page(client, url, query):
    full_resource()

    assert client.get(f"{url}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("number", "page"), [("1", 1), ("2", 2), ("99", 2), ("-5", 1), ("0", 1), ("x", 1)]
)
def test_pages_beyond_the_end_are_the_nearest(client, number, page):
    ResourceFactory.create_batch(21)
    shown = client.get("/de/material/", {"page": number}).context["page_obj"]

    assert shown.number == page
    assert len(shown.object_list) == (20 if page == 1 else 1)


def test_lists_filter_and_show_what_is_chosen(client):
    full_resource()
    ResourceFactory(title="Anderes")
    response = client.get("/de/material/", {"topic": "funding", "region": "DE", "language": "ar"})

    assert [item.title for item in response.context["page_obj"]] == ["Titel 1"]
    removers = {chip["label"]: chip["remove_url"] for chip in response.context["active_filters"]}
    assert len(removers) == 3
    assert all("page=" not in url for url in removers.values())
    for url in removers.values():
        assert client.get(url).status_code == 200


def test_removing_one_of_two_choices_leaves_the_other(client):
    full_resource()
    query = {"type": ["guide", "study"], "page": "2", "year_from": "2000"}
    chips = client.get("/de/material/", query).context["active_filters"]
    urls = [chip["remove_url"] for chip in chips]

    assert "/de/material/?type=study&year_from=2000" in urls
    assert "/de/material/?type=guide&type=study" in urls


@pytest.mark.parametrize(
    ("kind", "factory"), [("material", ResourceFactory), ("organisationen", OrganisationFactory)]
)
class TestOneItem:
    def test_the_page_shows_it_in_both_interface_languages(self, client, kind, factory):
        item = factory()
        for language in ("de", "en"):
            response = client.get(f"/{language}/{kind}/{item.pk}-{item.slug}/")
            assert response.status_code == 200
            assert item.heading in response.content.decode()
            assert not response.cookies

    @pytest.mark.parametrize("end", ["", "-alt", "-ALT", "-x-y_z"])
    def test_another_slug_leads_to_the_right_one(self, client, kind, factory, end):
        item = factory()
        response = client.get(f"/de/{kind}/{item.pk}{end}/?a=1")

        assert response.status_code == 301
        assert response.url == f"/de/{kind}/{item.pk}-{item.slug}/?a=1"

    def test_unknown_numbers_are_not_found(self, client, kind, factory):
        assert not factory._meta.model.objects.exists()
        for number in ("0", "999", "9223372036854775807", "9223372036854775808", "9" * 400):
            assert client.get(f"/de/{kind}/{number}-x/").status_code == 404
        for number in ("-1", "x", "1.5", "%00"):
            assert client.get(f"/de/{kind}/{number}-x/").status_code == 404

    def test_drafts_are_not_found_and_leave_no_trace(self, client, kind, factory):
        item = factory(live=False)
        response = client.get(f"/de/{kind}/{item.pk}-{item.slug}/")

        assert response.status_code == 404
        assert item.heading not in response.content.decode()
        assert item.heading not in client.get(f"/de/{kind}/").content.decode()

    def test_withdrawn_items_are_gone_with_title_date_and_reason(self, client, kind, factory):
        item = factory()
        publication.withdraw(item=item, reason="Inhalt <veraltet>.")
        for end in (f"{item.pk}-{item.slug}/", f"{item.pk}/"):
            response = client.get(f"/de/{kind}/{end}")
            assert response.status_code == 410
            text = response.content.decode()
            assert item.heading in text
            assert escape("Inhalt <veraltet>.") in text
        assert item.heading not in client.get(f"/de/{kind}/").content.decode()

    def test_deleted_items_are_gone(self, client, kind, factory):
        item = factory()
        url = f"/de/{kind}/{item.pk}-{item.slug}/"
        type(item).objects.get(pk=item.pk).delete()

        assert client.get(url).status_code == 410

    def test_items_that_come_back_are_pages_again(self, client, kind, factory):
        item = factory()
        publication.withdraw(item=item, reason="Fehler")
        publication.publish(item=type(item).objects.get(pk=item.pk))

        assert client.get(f"/de/{kind}/{item.pk}-{item.slug}/").status_code == 200

    def test_items_for_members_are_shown_to_members_only(self, client, kind, factory):
        item = factory(visibility=Visibility.MEMBERS)
        url = f"/de/{kind}/{item.pk}-{item.slug}/"

        assert client.get(url).status_code == 404
        assert item.heading not in client.get(f"/de/{kind}/").content.decode()
        client.force_login(UserFactory())
        assert client.get(url).status_code == 200
        assert item.heading in client.get(f"/de/{kind}/").content.decode()

    def test_a_withdrawn_item_for_members_does_not_tell_its_title(self, client, kind, factory):
        item = factory(visibility=Visibility.MEMBERS)
        publication.withdraw(item=item, reason="Geheim")
        response = client.get(f"/de/{kind}/{item.pk}-{item.slug}/")

        assert response.status_code == 404
        assert item.heading not in response.content.decode()

    def test_titles_are_text_and_never_markup(self, client, kind, factory):
        title = "<script>alert(1)</script> & \"x\" 'y'"
        item = factory(**{"title" if factory is ResourceFactory else "name": title})
        for url in (f"/de/{kind}/", item.get_absolute_url(), "/de/"):
            text = client.get(url).content.decode()
            assert "<script>alert(1)" not in text

    def test_only_reading_is_allowed(self, client, kind, factory):
        item = factory()
        for url in (f"/de/{kind}/", f"/de/{kind}/{item.pk}-{item.slug}/"):
            assert client.head(url).status_code == 200
            assert client.post(url).status_code == 405
            assert client.delete(url).status_code == 405

    def test_examples_are_marked(self, client, kind, factory):
        item = factory(is_example=True)
        plain = factory()

        def text(shown):
            return client.get(f"/de/{kind}/{shown.pk}-{shown.slug}/").content.decode()

        with override("de"):
            mark = gettext("Example")
        assert mark in text(item)
        assert mark not in text(plain)


def test_texts_carry_language_and_direction(client):
    resource = ResourceFactory(title="دليل", language=Language.objects.get(code="ar"))

    text = client.get(f"/de/material/{resource.pk}-{resource.slug}/").content.decode()
    assert 'lang="ar" dir="rtl"' in text


def test_private_parts_of_an_organisation_are_nowhere_on_its_page(client):
    organisation = OrganisationFactory(
        contact_email="geheim@example.org",
        street="Geheimweg 1",
        postal_code="10115",
        city="Geheimstadt",
        district="Mitte",
        location_precision="district",
    )
    for url in (organisation.get_absolute_url(), "/de/organisationen/", "/de/"):
        text = client.get(url).content.decode()
        for private in ("geheim@example.org", "Geheimweg", "10115", "Geheimstadt"):
            assert private not in text


def test_the_name_of_an_organisation_for_members_is_not_told_by_its_resources(client):
    hidden = OrganisationFactory(name="Verborgen e. V.", visibility=Visibility.MEMBERS)
    draft = OrganisationFactory(name="Entwurf e. V.", live=False)
    resource = ResourceFactory(
        organisation=hidden,
        publishers=[Publisher(organisation=hidden), Publisher(organisation=draft)],
        contributors=[Contributor(organisation=hidden), Contributor(organisation=draft)],
    )
    for url in (resource.get_absolute_url(), "/de/material/", "/de/"):
        text = client.get(url).content.decode()
        assert "Verborgen e. V." not in text
        assert "Entwurf e. V." not in text


def test_other_language_versions_are_offered_if_they_may_be_read(client):
    original = ResourceFactory()
    for code, live in (("ar", True), ("uk", False)):
        ResourceFactory(
            title=f"Version {code}",
            live=live,
            language=Language.objects.get(code=code),
            translation_key=original.translation_key,
        )
    text = client.get(original.get_absolute_url()).content.decode()

    versions = client.get(original.get_absolute_url()).context["other_versions"]
    assert [version.title for version in versions] == ["Version ar"]
    assert "Version uk" not in text


def test_similar_resources_share_topics(client):
    first, second = Topic.objects.all()[:2]
    resource = ResourceFactory(topics=[first, second])
    ResourceFactory(title="Eins", topics=[first])
    ResourceFactory(title="Beide", topics=[first, second])
    ResourceFactory(title="Keins")
    ResourceFactory(title="Entwurf", topics=[first, second], live=False)

    similar = client.get(resource.get_absolute_url()).context["similar_resources"]
    assert [item.title for item in similar] == ["Beide", "Eins"]


def test_a_profile_lists_what_the_organisation_made_published_or_keeps(client):
    organisation = OrganisationFactory()
    ResourceFactory(title="gepflegt", organisation=organisation)
    ResourceFactory(title="verlegt", publishers=[Publisher(organisation=organisation)])
    ResourceFactory(title="verfasst", contributors=[Contributor(organisation=organisation)])
    ResourceFactory(title="Entwurf", organisation=organisation, live=False)
    ResourceFactory(title="fremd")

    response = client.get(organisation.get_absolute_url())
    titles = {item.title for item in response.context["resources"]}
    assert titles == {"gepflegt", "verlegt", "verfasst"}


@pytest.mark.parametrize("code", ["unknown", "x" * 300, "FUNDING"])
def test_unknown_topics_are_not_found(client, code):
    assert client.get(f"/de/themen/{code}/").status_code == 404


def test_topics_out_of_use_have_no_page(client):
    Topic.objects.filter(code="funding").update(is_active=False)

    assert client.get("/de/themen/funding/").status_code == 404


def test_every_topic_has_a_page_in_both_languages(client):
    for topic in Topic.objects.all():
        for language in ("de", "en"):
            assert client.get(f"/{language}/themen/{topic.code}/").status_code == 200


def test_home_counts_what_the_visitor_may_read(client):
    full_resource()
    ResourceFactory(live=False)
    OrganisationFactory(visibility=Visibility.MEMBERS)
    counts = client.get("/de/").context["counts"]
    assert (counts["resources"], counts["organisations"]) == (1, 2)
