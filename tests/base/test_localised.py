"""Texts in every UI language."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from knowledge.models import Topic
from nexsm.base.localised import LinesFormField, LocalisedFormField, pick, validate_labels
from tests.factories.knowledge import TopicFactory


@pytest.mark.parametrize(
    ("active", "texts", "expected"),
    [
        ("en", {"de": "Wohnen", "en": "Housing"}, "Housing"),
        ("de", {"de": "Wohnen", "en": "Housing"}, "Wohnen"),
        ("en", {"de": "Wohnen"}, "Wohnen"),
        ("de", {"en": "Housing"}, "Housing"),
        ("de", {"tr": "Konut"}, "Konut"),
        ("de", {}, ""),
        ("de", None, ""),
    ],
)
def test_pick_prefers_the_active_language_then_german_then_english(active, texts, expected):
    with override(active):
        assert pick(texts) == expected


def test_the_form_field_collects_only_languages_with_a_text():
    field = LocalisedFormField(required=False)

    assert field.clean(["Wohnen", ""]) == {"de": "Wohnen"}
    assert field.clean(["Wohnen", "Housing"]) == {"de": "Wohnen", "en": "Housing"}
    assert field.has_changed({"de": "Wohnen"}, ["Wohnen", ""]) is False
    assert field.has_changed({"de": "Wohnen"}, ["Wohnung", ""]) is True


@pytest.mark.parametrize("value", ["text", ["a"], {"de": 1}, {1: "a"}, None])
def test_labels_must_be_texts_by_language(value):
    with pytest.raises(ValidationError):
        validate_labels(value)


def test_lines_drop_empty_lines_and_repetitions_and_keep_the_order():
    field = LinesFormField(required=False)

    assert field.clean("b\n\n a \nb\r\nc") == ["b", "a", "c"]
    assert field.prepare_value(["x", "y"]) == "x\ny"
    assert field.has_changed(["x"], "x\n") is False


@pytest.mark.django_db
def test_letters_are_stored_as_they_are_so_that_the_database_finds_them():
    topic = TopicFactory(labels={"de": "Löwenzahn"})

    assert list(Topic.objects.filter(labels__icontains="löwen")) == [topic]
