"""Golden tokens: what the analysis makes of words, and where it says they stand."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import search.analysis
from search.analysis import ANALYSIS_VERSION, analyse, fold, reading
from search.analysis.base import MAX_TERM_LENGTH, SEPARATORS, CleanText
from search.analysis.chain import word_terms
from search.analysis.explain import reasons
from search.analysis.tokens import WORD, word_matches
from search.analysis.version import fingerprint
from tests.search import gold

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
        ("gründen Gründen", [("grunden", "grundung"), ("grund", "grunden", "grundung")]),
        ("Gründerin", [("grunderin", "grunder", "grundung")]),
        ("e.V. eV", [("ev", "e", "v"), ("ev",)]),
        ("NGO's KI", [("ngo",), ("ki",)]),
        ("Onlinecommunitys", [("onlinecommunity", "online", "community")]),
        ("Geflüchtete Gefluechteten Geflüchteter", [("gefluchtet",)] * 3),
        ("Communitys Communities", [("community",)] * 2),
        ("Köln Koeln", [("koln",)] * 2),
        ("Straße Strasse Straßen", [("strasse",)] * 3),
        ("MSO MSOs", [("mso",)] * 2),
        ("neue Feuer", [("neu",), ("feuer",)]),
        ("Bürger Burg", [("burger",), ("burg",)]),
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
        ("Innenministerium", "innenministerium"),
        ("LinkedIn", "linkedin"),
        ("Medizin", "medizin"),
    ],
)
def test_words_that_only_look_feminine_stay_alone(word, term):
    assert terms(word) == [(term,)]


def test_a_verb_that_looks_feminine_may_be_a_noun_without_its_capital():
    assert reading("gewinnen", "de").terms == ("gewinn", "gewinnen", "gewinnung")


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


# Any characters, and pieces that make the forms the analysis has rules for.
PIECES = st.sampled_from(
    [
        *(
            "Migrant",
            "innen",
            "*innen",
            "In",
            "e.",
            "V.",
            "(selbst)",
            "(innen)",
            "organisation",
            "'s",
        ),
        *(
            "- und ",
            " und ",
            "-\n",
            "\u00ad",
            "\u0301",
            "\u200c",
            "\u200f",
            "\u202e",
            "İ",
            "ß",
            "l'",
        ),
        *(
            "وال",
            "جمعية",
            "ها",
            "ё",
            "ськ",
            "·e·s",
            "@s",
            "!nnen",
            "'innen",
            "|",
            "\u2205",
            "\x00",
            " ",
        ),
    ]
)
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=12).map("".join)


# The first word of a language loads its dictionary.
@settings(deadline=None)
@given(TEXTS, st.sampled_from([*gold.LANGUAGES, "pl", "xx", ""]))
def test_any_text_gives_sound_tokens(text, lang):
    tokens = analyse(text, lang)

    assert [token.pos for token in tokens] == list(range(len(tokens)))
    assert all(first.end <= second.start for first, second in pairwise(tokens))
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.surface == CleanText(text[token.start : token.end]).text
        if CleanText(text).is_original:
            assert token.surface == text[token.start : token.end]
        for term in token.terms:
            assert 0 < len(term) <= MAX_TERM_LENGTH
            assert not set(SEPARATORS) & set(term)


def test_a_word_always_has_a_term():
    assert word_terms("·", "de") == ("·",)
    assert fold("A|B C") == "abc"


def test_version_is_a_fingerprint_of_all_files(tmp_path):
    assert len(ANALYSIS_VERSION) == 12
    assert fingerprint() == ANALYSIS_VERSION
    folder = tmp_path / "analysis"
    shutil.copytree(Path(search.analysis.__file__).parent, folder)
    assert fingerprint(folder) == ANALYSIS_VERSION

    for changed in (folder / "languages" / "turkish.py", folder / "data" / "families_de.txt"):
        before = fingerprint(folder)
        changed.write_bytes(changed.read_bytes() + b"\n")
        assert fingerprint(folder) != before


def test_half_characters_disappear():
    assert terms("Kö\ud800ln \udfff") == [("koln",)]


@settings(deadline=None)
@given(st.text(alphabet="aIn.V/*:('!@·) \n-sße\u0301", max_size=60))
def test_looking_only_around_signs_finds_the_same_words(text):
    assert [match.span() for match in word_matches(text)] == [
        match.span() for match in WORD.finditer(text)
    ]


@pytest.mark.parametrize("lang", [*gold.LANGUAGES, "vi"])
def test_every_term_has_a_reason(lang):
    text = "Migrant*innen- und Vereinsgründungen e. V. AI l'écoles الجمعيات KIZ"

    for token in analyse(text, lang):
        found = reasons(token, lang)
        assert tuple(one.term for one in found) == token.terms
        assert all(one.rule for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satzung eines e. V.", ["Satzung", "eines", "e. V."]),
        ("z.B. i. d. R. am 3. Mai", ["z.B.", "i. d. R.", "am", "3", "Mai"]),
        ("Das ist gut. Er kommt.", ["Das", "ist", "gut", "Er", "kommt"]),
        ("www.e.de und a.b", ["www", "e", "de", "und", "a.b"]),
        ("Migranten(selbst)organisation (neu)", ["Migranten(selbst)organisation", "neu"]),
        ("étudiant·e·s, adhérent(e)s", ["étudiant·e·s", "adhérent(e)s"]),
    ],
)
def test_what_is_one_word(text, expected):
    assert [text[token.start : token.end] for token in analyse(text, "de")] == expected


def test_brackets_inside_a_word_are_read_with_and_without():
    (token,) = analyse("Migrant*innen(selbst)organisationen", "de")

    assert {"migrantenorganisation", "migrantenselbstorganisation", "selbst"} <= set(token.terms)
    assert "selbst" not in reading(token.surface, "de").parts
