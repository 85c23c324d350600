"""Words that mean the same, names of topics in all languages, and the parts of compounds."""

import importlib

import pytest
from django.apps import apps

from search import synonyms
from search.analysis import Reading
from search.highlight import wanted_in
from search.models import SynonymGroup
from search.query import ranking, words as query_words
from search.query.build import BuildOptions, build
from search.query.parse import parse
from search.query.rings import make_ring, make_rings
from search.query.tree import AllOf, AnyOf, BestOf, Boost, Constant, OneOf, Prefer, Term
from tests.factories.knowledge import LanguageFactory, ResourceFactory, TopicFactory

db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_own_groups(request):
    """The groups a new site brings would find what a test says is not found."""
    if request.node.get_closest_marker("django_db"):
        SynonymGroup.objects.all().delete()


def group(*words, **fields):
    return SynonymGroup.objects.create(words=list(words), **fields)


@db
def test_an_abbreviation_finds_what_it_stands_for_and_the_other_way_round(index, titles):
    group("MSO", "Migrant*innenselbstorganisation")
    ResourceFactory(title="Handbuch für Migrantenselbstorganisationen")
    ResourceFactory(title="Was eine MSO braucht")
    ResourceFactory(title="Etwas anderes")
    index(everything=True)

    both = {"Handbuch für Migrantenselbstorganisationen", "Was eine MSO braucht"}
    assert set(titles("MSO")) == both
    assert set(titles("Migrant*innenselbstorganisation")) == both
    assert set(titles("Migrantinnenselbstorganisationen")) == both


@db
def test_one_word_finds_several_but_only_together(index, titles):
    group("KI", "Künstliche Intelligenz")
    ResourceFactory(title="Arbeit mit künstlicher Intelligenz")
    ResourceFactory(title="Künstliche Blumen")
    ResourceFactory(title="KI im Verein")
    index(everything=True)

    both = {"Arbeit mit künstlicher Intelligenz", "KI im Verein"}
    assert set(titles("KI")) == both
    assert set(titles("künstliche Intelligenz")) == both
    assert titles("KI Verein")[0] == "KI im Verein"
    assert titles("künstliche Intelligenz Arbeit")[0] == "Arbeit mit künstlicher Intelligenz"


@db
def test_what_was_typed_comes_before_its_synonyms(index, titles):
    group("NGO", "NRO")
    ResourceFactory(title="Die NRO")
    ResourceFactory(title="Die NGO")
    index(everything=True)

    assert titles("NGO") == ["Die NGO", "Die NRO"]
    assert titles("NRO") == ["Die NRO", "Die NGO"]


@db
@pytest.mark.parametrize("query", ["dijital katılım", "Dijital Katilim", "المشاركة الرقمية"])
def test_a_topic_in_another_language_finds_german_items(query, index, titles):
    topic = TopicFactory(
        code="digital-participation",
        labels={"de": "Digitale Teilhabe", "en": "Digital participation"},
        synonyms=["dijital katılım", "المشاركة الرقمية"],
    )
    ResourceFactory(title="Internet für alle", topics=[topic])
    ResourceFactory(title="Digitale Teilhabe am Ort", topics=[])
    ResourceFactory(title="Digitale Uhren", topics=[])
    index(everything=True)

    assert set(titles(query)) == {"Digitale Teilhabe am Ort", "Internet für alle"}


@db
def test_an_abbreviation_is_no_form_of_a_short_verb(index, titles):
    group("KI", "AI")
    ResourceFactory(title="What is new in your town", language=LanguageFactory(code="en"))
    ResourceFactory(title="AI in your town", language=LanguageFactory(code="en"))
    index(everything=True)

    assert titles("KI", ui_language="en") == ["AI in your town"]
    assert make_rings([make_ring(["KI", "AI"], ["KI", "AI"])]).matches([frozenset({"be"})]) == []


@db
def test_words_of_a_topic_are_no_synonyms_of_each_other(index, titles):
    topic = TopicFactory(code="culture", labels={"de": "Kultur"}, synonyms=["Theater", "Musik"])
    ResourceFactory(title="Musik machen", topics=[])
    ResourceFactory(title="Auf der Bühne", topics=[topic])
    index(everything=True)

    assert titles("Theater") == ["Auf der Bühne"]


@db
def test_quoted_and_excluded_words_are_meant_as_they_are_written(index, titles):
    group("NGO", "NRO")
    ResourceFactory(title="Beratung der NRO")
    index(everything=True)

    assert titles('"NGO"') == []
    assert titles("title:NGO") == []
    assert titles("Beratung -NGO") == ["Beratung der NRO"]


@db
def test_the_found_synonym_is_marked(index, search):
    group("KI", "Künstliche Intelligenz")
    ResourceFactory(title="Künstliche Intelligenz")
    index(everything=True)

    (hit,) = search("KI").hits

    assert hit.title_html == "<mark>Künstliche</mark> <mark>Intelligenz</mark>"


@db
def test_a_changed_group_counts_at_once_without_a_new_index(index, titles):
    ResourceFactory(title="Die NRO")
    index(everything=True)
    assert titles("NGO") == []

    ours = group("NGO", "NRO")
    assert titles("NGO") == ["Die NRO"]
    ours.is_active = False
    ours.save()
    assert titles("NGO") == []
    ours.is_active = True
    ours.save()
    assert titles("NGO") == ["Die NRO"]
    ours.delete()
    assert titles("NGO") == []


@db
def test_what_another_process_changed_is_seen_after_a_while(monkeypatch):
    assert "nro" not in synonyms.current().by_first
    SynonymGroup.objects.bulk_create([SynonymGroup(words=["NGO", "NRO"])])

    assert "nro" not in synonyms.current().by_first
    monkeypatch.setattr(synonyms, "KEPT_SECONDS", -1.0)
    assert "nro" in synonyms.current().by_first


@db
def test_synonyms_are_read_once_and_never_for_lists(index, search, django_assert_num_queries):
    group("NGO", "NRO")
    index(everything=True)
    search("NGO")

    with django_assert_num_queries(0):
        synonyms.current()


def tree_of(text, *rings, languages=("de", "en")):
    made = make_rings(make_ring(words, words) for words in rings)
    return build(parse(text), BuildOptions(languages, synonyms=made))


def test_without_synonyms_the_tree_is_the_same():
    assert build(parse("KI Verein"), BuildOptions()) == tree_of("KI Verein", ["NGO", "NRO"])


def test_a_synonym_weighs_less_than_the_word():
    word = tree_of("NGO", ["NGO", "NRO"]).main.parts[0]

    weights = {part.part: part.weight for part in word.parts}
    typed, other = weights[Term("title", "ngo")], weights[Term("title", "nro")]
    assert other == pytest.approx(typed * ranking.SYNONYM_WEIGHT)


def test_several_words_for_one_leave_the_number_of_words_as_it_is():
    tree = tree_of(
        "künstliche Intelligenz im Verein nutzen lernen", ["KI", "künstliche Intelligenz"]
    )

    (counted,) = tree.main.parts
    assert isinstance(counted, AnyOf)
    assert len(counted.parts) == 5
    assert counted.at_least == 4


@pytest.mark.parametrize("text", ["KI" * 100, "KI " * 90, "* | KI", "KI -KI", '"KI'])
def test_any_query_can_be_built_and_stays_small(text):
    ring = ["KI", *(f"ein langer anderer Name{number}" for number in range(30))]
    tree = tree_of(text, ring)

    assert isinstance(tree, Prefer)
    assert number_of_terms(tree.main) <= number_of_terms(tree_of(text).main) + 40 * 30


def number_of_terms(tree):
    if isinstance(tree, AllOf | AnyOf | BestOf):
        return sum(number_of_terms(part) for part in tree.parts)
    return number_of_terms(tree.part) if isinstance(tree, Boost | Constant) else 1


def test_a_topic_is_an_alternative_with_the_same_score_for_all_its_items():
    rings = make_rings([make_ring(["Miete", "konut"], ["Wohnen"], ("topic", "housing"))])
    word = build(parse("Miete"), BuildOptions(synonyms=rings)).main.parts[0]

    assert Constant(OneOf("topic", ("housing",)), ranking.LEADS_TO_BONUSES["topic"]) in word.parts


def test_a_ring_needs_two_different_expressions():
    assert make_ring(["Verein", "Vereine", "***"], ["Verein", "Vereine"]) is None
    assert make_ring(["MO", "eine viel zu lange Sache hier"], ["MO"]) is None


def test_scripts_decide_the_language_of_an_alternative():
    ring = make_ring(["Wohnen", "سكن", "житло"], ["Wohnen", "سكن", "житло"])

    assert [one.languages for one in ring.finds] == [("de", "en"), ("ar", "fa"), ("uk", "ru")]


def test_a_compound_finds_all_its_parts_together_and_never_a_single_one(monkeypatch):
    def compound(surface, lang):
        is_compound = (surface, lang) == ("Frauenhaus", "de")
        return Reading((surface.lower(),), ("frau", "haus") if is_compound else ())

    monkeypatch.setattr(query_words, "reading", compound)
    tree = build(parse("Frauenhaus"), BuildOptions())

    whole, parts = tree.main.parts[0].parts
    assert isinstance(whole, BestOf)
    assert isinstance(parts, Boost)
    assert parts.weight == ranking.PARTS_WEIGHT
    assert isinstance(parts.part, AllOf)
    assert len(parts.part.parts) == 2
    assert {"frau", "haus"} <= wanted_in(tree).terms


@db
def test_the_first_groups_can_be_read_and_are_made_once():
    migration = importlib.import_module("search.migrations.0003_first_synonyms")
    migration.add_groups(apps, None)
    before = list(SynonymGroup.objects.values_list("words", flat=True))

    migration.add_groups(apps, None)

    assert SynonymGroup.objects.count() == len(before) >= 45
    for words in before:
        ring = make_ring(words, words)
        assert ring is not None, words
        # Ukrainian and Russian words may have the same dictionary form.
        assert len(ring.finds) >= len(words) - 1, f"twice the same: {words}"
