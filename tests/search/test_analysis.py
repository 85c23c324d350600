"""Golden tokens: what the analysis makes of words, and where it says they stand."""

import pytest
from hypothesis import given, settings, strategies as st

from search.analysis import ANALYSIS_VERSION, analyse, fold
from search.analysis.base import MAX_TERM_LENGTH, SEPARATORS
from search.analysis.chain import word_terms
from search.analysis.tokens import WORD, word_matches

GENDER_SPELLINGS = [
    "Migrantinnen",
    "Migrant*innen",
    "Migrant:innen",
    "Migrant_innen",
    "Migrant·innen",
    "MigrantInnen",
    "Migrant/innen",
    "Migrant/-innen",
    "Migrant(innen)",
    "Migrant(inn)en",
    "MIGRANT*INNEN",
    "Migrant*in",
    "Migran\u00adt*innen",
]


def terms(text, lang="de"):
    return [token.terms for token in analyse(text, lang)]


@pytest.mark.parametrize("spelling", GENDER_SPELLINGS)
def test_every_gender_spelling_is_one_token_that_means_both(spelling):
    assert terms(spelling) == [("migrantin", "migrant")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Migranten", [("migrant",)]),
        ("Ärzt*innen", [("arztin", "arzt")]),
        ("Aerztinnen", [("arztin", "arzt")]),
        ("Kolleginnen", [("kollegin", "kollege")]),
        ("Jüdinnen", [("judin", "jude")]),
        ("Rom*nja", [("rom", "romni")]),
        ("jede*r", [("jeder",)]),
        (
            "Migrant*innenorganisationen",
            [
                (
                    "migrantenorganisation",
                    "migrantinnenorganisation",
                    "migrant",
                    "organisation",
                    "migrantin",
                )
            ],
        ),
        ("Migrantenorganisation", [("migrantenorganisation", "migrant", "organisation")]),
        ("Vereinsgruendung", [("vereinsgrundung", "verein", "grundung")]),
        ("Onlinecommunitys", [("onlinecommunity", "online", "community")]),
        ("Geflüchtete Gefluechteten Geflüchteter", [("gefluchtet",)] * 3),
        ("Communitys Communities", [("community",)] * 2),
        ("Köln Koeln", [("koln",)] * 2),
        ("Straße Strasse Straßen", [("strasse",)] * 3),
        ("MSO MSOs", [("mso",)] * 2),
        ("neue Feuer", [("neu",), ("feuer",)]),
        ("Lehrer Lehre", [("lehrer",), ("lehre",)]),
    ],
)
def test_german_words(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Termin", "termin"),
        ("Berlin", "berlin"),
        ("beginnen", "beginnen"),
        ("gewinnen", "gewinn"),
        ("Innenministerium", "innenministerium"),
        ("LinkedIn", "linkedin"),
        ("Medizin", "medizin"),
    ],
)
def test_words_that_only_look_feminine_stay_alone(word, term):
    assert terms(word) == [(term,)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("running organisations", "en", ["run", "organization"]),
        ("l'association", "fr", ["association"]),
        ("KADINLAR", "tr", ["kadin"]),
        ("الْمَرأة", "ar", ["امرا"]),
        ("ёлка елка", "ru", ["елка", "елка"]),
        ("Kurdî", "kmr", ["kurdi"]),
        ("Geflüchtete", "de-DE-x-leicht", ["gefluchtet"]),
    ],
)
def test_other_languages(text, lang, expected):
    assert [token.base for token in analyse(text, lang)] == expected


def test_offsets_point_into_the_text_as_given():
    text = "Für Migran\u00adt*innen und Organi-\nsationen, auf\u0308gefu\u0308hrt."

    found = [text[token.start : token.end] for token in analyse(text, "de")]

    assert found == [
        "Für",
        "Migran\u00adt*innen",
        "und",
        "Organi-\nsationen",
        "auf\u0308gefu\u0308hrt",
    ]


# The first word of a language loads its dictionary.
@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["de", "en", "tr", "ar", "fa", "xx", ""]))
def test_any_text_gives_sound_tokens(text, lang):
    tokens = analyse(text, lang)

    assert [token.pos for token in tokens] == list(range(len(tokens)))
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        for term in token.terms:
            assert 0 < len(term) <= MAX_TERM_LENGTH
            assert not set(SEPARATORS) & set(term)


def test_a_word_always_has_a_term():
    assert word_terms("·", "de") == ("·",)
    assert fold("A|B C") == "abc"


def test_version_is_a_fingerprint():
    assert len(ANALYSIS_VERSION) == 12


def test_half_characters_disappear():
    assert terms("Kö\ud800ln \udfff") == [("koln",)]


@settings(deadline=None)
@given(st.text(alphabet="aIn.V/*:('!@·) \n-sße\u0301", max_size=60))
def test_looking_only_around_signs_finds_the_same_words(text):
    assert [match.span() for match in word_matches(text)] == [
        match.span() for match in WORD.finditer(text)
    ]
