"""From what was found to our vocabularies; and what the register of DOIs answers."""

import json

import pytest

from knowledge.services.metadata import csl
from knowledge.services.metadata.facts import Facts, Party, Source
from knowledge.services.metadata.reading import read_csl
from knowledge.services.metadata.suggestions import (
    language_for,
    licence_for,
    suggestions_from,
    type_for,
)

pytestmark = pytest.mark.django_db

CROSSREF = {
    "type": "journal-article",
    "title": ["Migrant <i>organisations</i>"],
    "author": [
        {"given": "Ayşe", "family": "Kaya"},
        {"given": "Ludwig", "non-dropping-particle": "van", "family": "Dam"},
        {"name": "Research Council, Berlin"},
        {"literal": "Netzwerk Wir"},
    ],
    "publisher": "Verlag",
    "abstract": "<jats:p>First.</jats:p>",
    "language": "en",
    "issued": {"date-parts": [[2021, 5]]},
    "license": [{"URL": "http://creativecommons.org/licenses/by/4.0/"}],
    "DOI": "10.1234/abc",
}


def test_names_from_the_register_stay_whole():
    found = csl.read(json.dumps(CROSSREF).encode())

    assert found.title == "Migrant organisations"
    assert found.authors == (
        Party("Ayşe Kaya", "person"),
        Party("Ludwig van Dam", "person"),
        Party("Research Council, Berlin", "organisation"),
        Party("Netzwerk Wir", "organisation"),
    )
    assert (found.abstract, found.year, found.language) == ("First.", 2021, "en")
    assert found.kinds == (("csl", "article-journal"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"title": 7, "author": {"a": 1}, "issued": []}',
        b"\xff",
    ],
)
def test_a_broken_answer_of_the_register_says_nothing(content):
    assert [facts.title for facts in read_csl(content)] == [""]


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"),
        ("de-DE", "de"),
        ("de_AT", "de"),
        ("ger", "de"),
        ("deu", "de"),
        ("EN-us", "en"),
        ("kmr", "kmr"),
        ("xx", ""),
        ("Deutsch", ""),
        ("", ""),
        ("\0" * 50, ""),
    ],
)
def test_languages(tag, code):
    assert language_for(tag) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://www.creativecommons.org/licenses/by-sa/4.0/deed.de", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode", "CC-BY-NC-ND-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/de/", ""),
        ("https://creativecommons.org.evil.example/licenses/by/4.0/", ""),
        ("© 2020 Miteinander", ""),
        ("", ""),
    ],
)
def test_licences(text, code):
    assert licence_for(text) == code


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ([("csl", "article-journal")], "article"),
        ([("csl", "report")], "report"),
        ([("csl", "motion_picture")], "video"),
        ([("schema_org", "VideoObject")], "video"),
        ([("zotero", "report")], "report"),
        ([("hcrt", "text")], ""),
        ([("schema_org", "Recipe"), ("hcrt", "course")], "course"),
        ([("csl", "")], ""),
    ],
)
def test_types_follow_the_mappings_of_the_vocabulary(kinds, code):
    assert type_for(kinds) == code


def test_each_value_keeps_its_source_and_the_first_source_counts():
    properties = Facts(Source.FILE, title="Titel", authors=(Party("A"), Party("B", "organisation")))
    printed = Facts(Source.FILE_TEXT, title="Anders", licence="CC BY 4.0", language="xx")
    found = suggestions_from([properties, printed])

    assert {name: (fact.value, fact.source) for name, fact in found.items()} == {
        "title": ("Titel", "file"),
        "persons": (["A"], "file"),
        "organisations": (["B"], "file"),
        "licence": ("CC-BY-4.0", "file-text"),
    }
