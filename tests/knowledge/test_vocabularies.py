"""The vocabularies every site starts with."""

import pycountry
import pytest

from knowledge.models import Language, Region, ResourceType, Topic, vocabulary_models
from knowledge.services.vocabularies import load_vocabularies
from tests.factories.base import HomePageFactory

pytestmark = pytest.mark.django_db

CONTRACT_TYPES = [
    "guide",
    "study",
    "report",
    "toolkit",
    "video",
    "podcast",
    "course",
    "brochure",
    "dataset",
    "policy",
    "presentation",
    "article",
]


def test_a_new_database_has_its_vocabularies():
    assert set(CONTRACT_TYPES) <= set(ResourceType.objects.values_list("code", flat=True))
    for model in vocabulary_models():
        assert model.objects.exists()


def test_every_row_is_valid_and_named_in_german_and_english():
    for model in vocabulary_models():
        for row in model.objects.all():
            row.full_clean()
            assert row.labels.get("de")
            if model is not Region:
                assert row.labels.get("en")


def test_regions_are_the_countries_and_all_their_states():
    for country in ("DE", "AT", "CH", "LI"):
        states = {state.code for state in pycountry.subdivisions.get(country_code=country)}
        children = Region.objects.filter(parent__code=country)
        assert set(children.values_list("code", flat=True)) == states
    assert Region.objects.filter(parent=None).count() == 4


def test_loading_again_makes_nothing():
    before = {model: list(model.objects.values()) for model in vocabulary_models()}

    assert set(load_vocabularies().values()) == {0}
    assert {model: list(model.objects.values()) for model in vocabulary_models()} == before


def test_loading_keeps_what_editors_changed():
    Topic.objects.filter(code="funding").update(labels={"de": "Geld"}, is_active=False, position=99)
    load_vocabularies()

    topic = Topic.objects.get(code="funding")
    assert (topic.labels, topic.is_active, topic.position) == ({"de": "Geld"}, False, 99)


def test_loading_brings_back_only_what_is_missing():
    Topic.objects.filter(code="funding").delete()
    Region.objects.filter(code="LI-01").delete()
    created = load_vocabularies()

    assert created["topics"] == created["regions"] == 1
    assert Region.objects.get(code="LI-01").parent.code == "LI"


def test_languages_have_their_own_name():
    assert Language.objects.get(code="ar").autonym == "العربية"
    assert Language.objects.get(code="kmr").autonym == "Kurmancî"
    assert not Language.objects.filter(autonym="").exists()


def test_a_topic_may_have_a_dot_in_its_code(client):
    HomePageFactory()
    Topic.objects.create(code="recht.asyl_1", labels={"de": "Asylrecht"})
    assert "Asylrecht" in client.get("/de/themen/recht.asyl_1/").content.decode()
    assert "/de/themen/recht.asyl_1/" in client.get("/de/themen/").content.decode()
    for code in ("unknown", "a%00b", "%E2%80%AE", "x" * 500):
        assert client.get(f"/de/themen/{code}/").status_code == 404
