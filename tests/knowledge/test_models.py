"""Rules of resources and organisations that hold wherever they are edited."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from knowledge.enums import LocationPrecision
from knowledge.models import Contributor, Language, Publisher, Region, Resource, Topic
from knowledge.models.identifiers import normalise_doi, validate_doi, validate_isbn
from knowledge.slugs import MAX_LENGTH, slug_for
from tests.factories.base import ImageFactory
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    ResourceFactory,
    ResourceTypeFactory,
)


def errors_of(item):
    with pytest.raises(ValidationError) as caught:
        item.full_clean()
    return set(caught.value.message_dict)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Verein gründen", "verein-gruenden"),
        ("Migrant*innen und Freund:innen", "migrantinnen-und-freundinnen"),
        ("ÄÖÜ äöü ß", "aeoeue-aeoeue-ss"),
        ("Київ", "kiiv"),
        ("مرحبا", "mrhb"),
        ("Kadınlar & şiir", "kadinlar-siir"),
        ("", "item"),
        ("!?…", "item"),
        ("—", "item"),
    ],
)
def test_slugs_are_readable_in_any_script_and_never_empty(text, slug):
    assert slug_for(text) == slug


def test_long_titles_make_short_slugs_of_whole_words():
    slug = slug_for("Wort " * 200)

    assert len(slug) <= MAX_LENGTH
    assert set(slug.split("-")) == {"wort"}


@pytest.mark.parametrize("text", ["x" * 300, "ü" * 150, "日" * 300])
def test_slugs_have_a_limit_also_without_spaces(text):
    assert 0 < len(slug_for(text)) <= MAX_LENGTH


@pytest.mark.parametrize(
    "doi",
    [
        "10.1234/abc",
        "10.1000.10/123",
        "doi:10.1234/a(b)c;d",
        "https://doi.org/10.1234/abc",
        "http://dx.doi.org/10.1234/ABC",
    ],
)
def test_dois_are_accepted_with_and_without_address(doi):
    validate_doi(doi)
    assert normalise_doi(doi).startswith("10.")


@pytest.mark.parametrize("doi", ["10.12/abc", "11.1234/abc", "10.1234", "10.1234/", "abc"])
def test_what_is_no_doi_is_refused(doi):
    with pytest.raises(ValidationError):
        validate_doi(doi)


@pytest.mark.parametrize(
    "isbn", ["978-3-16-148410-0", "9783161484100", "0-306-40615-2", "080442957X"]
)
def test_isbns_with_right_check_digit_are_accepted(isbn):
    validate_isbn(isbn)


@pytest.mark.parametrize(
    "isbn", ["978-3-16-148410-1", "0-306-40615-3", "12345", "97831614841OO", "٩٧٨٣١٦١٤٨٤١٠٠"]
)
def test_isbns_with_errors_are_refused(isbn):
    with pytest.raises(ValidationError):
        validate_isbn(isbn)


@pytest.mark.django_db
class TestResource:
    def test_a_plain_resource_is_valid(self):
        ResourceFactory().full_clean()

    def test_a_cover_needs_words_or_is_decoration(self):
        resource = ResourceFactory(cover_image=ImageFactory())
        assert errors_of(resource) == {"cover_alt"}
        resource.cover_is_decorative = True
        resource.full_clean()
        resource.cover_is_decorative, resource.cover_alt = False, "Drei Frauen am Tisch"
        resource.full_clean()

    def test_the_exact_date_lies_in_the_year(self):
        resource = ResourceFactory(year=2023, published_on=dt.date(2024, 1, 1))
        assert errors_of(resource) == {"published_on"}

    @pytest.mark.parametrize("year", [1799, 3000])
    def test_the_year_is_plausible(self, year):
        assert errors_of(ResourceFactory(year=year)) == {"year"}

    def test_next_years_books_may_be_announced(self):
        ResourceFactory(year=timezone.localdate().year + 1).full_clean()

    def test_a_text_is_not_the_translation_of_itself(self):
        resource = ResourceFactory()
        resource.source_version = resource
        assert "source_version" in errors_of(resource)

    def test_a_translation_joins_the_work(self):
        original = ResourceFactory()
        version = ResourceFactory.build(
            source_version=original, language=LanguageFactory(code="ar"), type=original.type
        )
        version.full_clean()
        version.save()
        assert version.translation_key == original.translation_key

    def test_a_work_has_one_version_in_a_language(self):
        original = ResourceFactory()
        twin = ResourceFactory.build(
            source_version=original, language=original.language, type=original.type
        )
        assert errors_of(twin)

    def test_two_resources_without_import_id_do_not_collide(self):
        ResourceFactory(import_source="csv", import_id=None)
        ResourceFactory(import_source="csv", import_id=None).full_clean()

    def test_dois_are_kept_without_address(self):
        resource = ResourceFactory(doi="https://doi.org/10.1234/abc")
        resource.full_clean()
        assert resource.doi == "10.1234/abc"

    def test_texts_have_limits(self):
        resource = ResourceFactory.build(
            title="x" * 301,
            url="https://example.org/" + "x" * 1000,
            language=LanguageFactory(code="de"),
            type=ResourceTypeFactory(code="guide"),
        )
        assert {"title", "url"} <= errors_of(resource)

    def test_the_address_has_number_and_slug_in_the_active_language(self):
        resource = ResourceFactory(title="Verein gründen")
        with override("en"):
            assert resource.get_absolute_url() == f"/en/material/{resource.pk}-verein-gruenden/"
        with override("de"):
            assert resource.get_absolute_url() == f"/de/material/{resource.pk}-verein-gruenden/"

    def test_relations_survive_a_revision(self):
        organisation = OrganisationFactory()
        resource = ResourceFactory(
            topics=[Topic.objects.first()],
            regions=[Region.objects.get(code="DE-BE")],
            tags=["Recht"],
            contributors=[Contributor(name="Ada"), Contributor(organisation=organisation)],
            publishers=[Publisher(name="Verlag")],
        )
        revision = resource.save_revision()
        Resource.objects.filter(pk=resource.pk).update(title="x")
        revision.publish()

        again = Resource.objects.get(pk=resource.pk)
        assert [row.display_name for row in again.contributors.all()] == ["Ada", organisation.name]
        assert [row.display_name for row in again.publishers.all()] == ["Verlag"]
        assert [tag.name for tag in again.tags.all()] == ["Recht"]
        assert again.topics.count() == again.regions.count() == 1


@pytest.mark.django_db
class TestNames:
    @pytest.mark.parametrize("model", [Contributor, Publisher])
    def test_somebody_must_be_named(self, model):
        with pytest.raises(ValidationError) as caught:
            model(resource=ResourceFactory()).clean()
        assert set(caught.value.message_dict) == {"name"}

    def test_a_chosen_organisation_makes_the_contributor_an_organisation(self):
        row = Contributor(organisation=OrganisationFactory(name="Brücke"))
        row.clean()
        assert (row.kind, row.display_name) == ("organisation", "Brücke")

    def test_names_are_never_split(self):
        assert str(Contributor(name="Amina Abdi Ali")) == "Amina Abdi Ali"


@pytest.mark.django_db
class TestOrganisation:
    def test_an_address_is_shown_only_with_documented_consent(self):
        organisation = OrganisationFactory(contact_email="a@example.org", email_public=True)
        assert errors_of(organisation) == {"email_consent_at"}
        assert organisation.public_email == ""
        organisation.email_consent_at = timezone.now()
        organisation.full_clean()
        assert organisation.public_email == "a@example.org"
        organisation.email_public = False
        assert organisation.public_email == ""

    def test_there_must_be_an_address_to_show(self):
        organisation = OrganisationFactory(email_public=True, email_consent_at=timezone.now())
        assert errors_of(organisation) == {"contact_email"}

    @pytest.mark.parametrize(
        ("address", "enabled", "possible"),
        [("a@example.org", True, True), ("a@example.org", False, False), ("", True, False)],
    )
    def test_contact_needs_an_address_and_the_form(self, address, enabled, possible):
        organisation = OrganisationFactory(contact_email=address, contact_form_enabled=enabled)
        assert organisation.can_be_contacted is possible

    @pytest.mark.parametrize(
        ("precision", "lines", "city"),
        [
            (LocationPrecision.ADDRESS, ["Weg 1", "10115 Berlin", "Berlin"], "Berlin"),
            (LocationPrecision.PLACE, ["10115 Berlin", "Berlin"], "Berlin"),
            (LocationPrecision.DISTRICT, ["Wedding", "Berlin"], ""),
            (LocationPrecision.REGION, ["Berlin"], ""),
        ],
    )
    def test_no_more_of_the_place_is_shown_than_allowed(self, precision, lines, city):
        organisation = OrganisationFactory(
            street="Weg 1",
            postal_code="10115",
            city="Berlin",
            district="Wedding",
            region=Region.objects.get(code="DE-BE"),
            location_precision=precision,
        )
        with override("de"):
            assert organisation.location_lines == lines
        assert organisation.public_city == city

    def test_nothing_is_founded_later(self):
        assert errors_of(OrganisationFactory(founded=timezone.localdate().year + 1)) == {"founded"}


@pytest.mark.django_db
class TestTerms:
    def test_labels_follow_the_interface_and_fall_back(self):
        topic = Topic(code="x", labels={"de": "Deutsch", "en": "English"})
        with override("en"):
            assert topic.label == "English"
        with override("tr"):
            assert topic.label == "Deutsch"
        assert Topic(code="x", labels={}).label == "x"
        assert Topic(code="x", labels={"ar": "عربي"}).label == "عربي"

    def test_languages_have_names_in_every_interface_language(self):
        language = Language.objects.get(code="uk")
        with override("en"):
            assert language.label == "Ukrainian"
        with override("de"):
            assert language.label == "Ukrainisch"
        with override("fr"):
            assert language.label == "ukrainien"

    def test_right_to_left_languages_are_known(self):
        assert Language.objects.get(code="ar").direction == "rtl"
        assert Language.objects.get(code="kmr").direction == "ltr"

    @pytest.mark.parametrize("code", ["", "a b", "-x", "a/b", "a\n", "ä"])
    def test_codes_stand_in_addresses(self, code):
        assert "code" in errors_of(Topic(code=code, labels={"de": "x"}))

    def test_regions_know_their_country(self):
        region = Region.objects.get(code="AT-9")
        assert (region.country_code, region.parent.code) == ("AT", "AT")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "field"), [(ResourceFactory, "title"), (OrganisationFactory, "name")]
)
def test_what_names_an_item_can_be_seen(factory, field):
    assert errors_of(factory(**{field: "\u200d\u200d"})) == {field}
    factory(**{field: "می\u200cخواهم"}).full_clean()
