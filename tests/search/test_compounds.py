"""Compounds: what is split, into what, and what must stay whole."""

import pytest

from search.analysis import analyse, fold, placed_words, reading, words
from search.analysis.compounds import split

PARTS = {
    "Migrantenselbstorganisation": "migrant selbst organisation",
    "Migrantenselbstorganisationen": "migrant selbst organisation",
    "Vereinsgründung": "verein gründung",
    "Vereinsrecht": "verein recht",
    "Fördermittelantrag": "fördermittel antrag",
    "Projektförderung": "projekt förderung",
    "Sprachkurs": "sprache kurs",
    "Integrationskurse": "integration kurs",
    "Frauengruppe": "frau gruppe",
    "Jugendverband": "jugend verband",
    "Geflüchtetenorganisationen": "geflüchtete organisation",
    "Flüchtlingshilfe": "flüchtling hilfe",
    "Onlinecommunity": "online community",
    "Wohnungssuche": "wohnung suche",
    "Arbeitsmarkt": "arbeit markt",
    "Aufenthaltsrecht": "aufenthalt recht",
    "Asylverfahren": "asyl verfahren",
    "Antidiskriminierungsstelle": "antidiskriminierung stelle",
    "Vorstandssitzung": "vorstand sitzung",
    "Nachbarschaftshilfe": "nachbarschaft hilfe",
    "Gesundheitskompetenz": "gesundheit kompetenz",
    "Bildungsarbeit": "bildung arbeit",
    "Datenschutz": "daten schutz",
    "Landesverband": "land verband",
    "Beratungsstelle": "beratung stelle",
    "Familienzusammenführung": "familie zusammenführung",
    "Muttersprache": "mutter sprache",
    "Theaterprojekt": "theater projekt",
}
WHOLE = [
    "Rathaus",
    "Komitee",
    "Berlin",
    "Termin",
    "beginnen",
    "gewinnen",
    "Innenministerium",
    "Landschaft",
    "Mannschaft",
    "Entscheidung",
    "Zusammenhang",
    "Informationen",
    "Veranstaltungen",
    "Gesellschaften",
    "Universität",
    "Organisationen",
    "Diskriminierung",
    "Ministerium",
    "Bürgermeister",
    "Mitarbeiter",
    "Mitarbeit",
    "Erfahrungen",
    "Unterstützung",
    "Vorsitzende",
    "Geschichte",
    "Interessant",
    "Präsentation",
    "Generationen",
    "Deutschland",
    "Österreich",
    "Frankfurt",
    "Hamburg",
    "Stuttgart",
    "Düsseldorf",
    "Teilnehmende",
    "Studierende",
    "verschiedene",
    "insgesamt",
    "miteinander",
    "Gemeinschaften",
    "Finanzierung",
    "Qualifizierung",
    "Rinnen",
    "besinnen",
    "Disziplin",
    "Magazin",
    "Medizin",
    "LinkedIn",
]


@pytest.mark.parametrize(("word", "parts"), PARTS.items())
def test_compounds_are_split_into_all_their_parts(word, parts):
    assert [part.lemma for part in split(word)] == parts.split()


@pytest.mark.parametrize("word", WHOLE)
def test_other_words_stay_whole(word):
    assert split(word) == ()


def test_parts_have_the_terms_the_words_have_alone():
    (daten,) = analyse("Daten", "de")
    (refugee,) = analyse("Geflüchtete", "de")

    assert daten.base in reading("Datenschutz", "de").parts
    assert refugee.base in reading("Geflüchtetenorganisation", "de").parts


def test_a_single_part_is_no_reading_of_the_whole():
    found = reading("Migrantenorganisation", "de")

    assert found.terms == ("migrantenorganisation",)
    assert found.parts == ("migrant", "organisation")


@pytest.mark.parametrize(
    ("text", "first", "terms"),
    [
        ("Migranten- und Geflüchtetenorganisationen", "Migranten", "migrantenorganisation"),
        ("Sprach-, Integrations- und Computerkurse", "Sprach", "sprachkurs"),
        ("Frauen-/Jugendgruppen", "Frauen", "frauengruppe"),
        ("Jugend- bzw. Frauengruppen", "Jugend", "jugendgruppe"),
        ("Migrant*innen- und Frauengruppen", "Migrant*innen", "migrantengruppe"),
        ("Sprach- und Integrationsmittler*innen", "Sprach", "sprachmittlerin"),
        ("Migrantinnen- und Migranten(selbst)hilfe", "Migrantinnen", "migrantinnenselbsthilfe"),
    ],
)
def test_a_suspended_hyphen_is_completed(text, first, terms):
    token = analyse(text, "de")[0]

    assert text[token.start : token.end] == first
    assert terms in token.terms


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Vereinsgründung und -führung", "vereinsfuhrung"),
        ("Projektleitung, -finanzierung", "projektfinanzierung"),
        ("Migrantinnen- und Migranten(selbst)organisationen", "migrantenselbstorganisation"),
        ("Migrant*innen- und Geflüchtetenorganisationen", "geflüchtetenorganisation"),
        ("Sprach- und Integrationsmittler*innen", "integrationsmittler"),
    ],
)
def test_the_last_of_two_words_is_a_compound_as_well(text, term):
    assert fold(term) in analyse(text, "de")[-1].terms


@pytest.mark.parametrize(
    "text", ["Vor- und Nachteile", "rot- oder", "- und -", "A-, B-", "Ver-\nein", "und- und- und-"]
)
def test_other_hyphens_complete_nothing_and_break_nothing(text):
    for token in analyse(text, "de"):
        assert len(token.terms) == 1


def test_words_with_and_without_places_are_the_same():
    text = "Migranten- und Geflüchtetenorganisationen, Ver\u00adein: Migrant*innen(selbst)hilfe"

    assert words(text, "de") == [word for _start, _end, word in placed_words(text, "de")]
