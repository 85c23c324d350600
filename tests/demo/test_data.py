"""The data files by themselves, without a database."""

import dataclasses
import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from knowledge.enums import EasyLanguage, OrganisationKind, SocialPlatform, Verification
from nexsm.demo import content
from nexsm.demo.content import DATA, DataError
from tests.house.project import ROOT

TYPES = {
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
}
LANGUAGES = {"de", "en", "ar", "uk", "tr", "fa", "fr", "ru", "kmr"}
LICENCES = {
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
    "all-rights-reserved",
}
# The word for "example" in the languages of the names.
EXAMPLE_WORDS = ("Beispiel", "Exemple", "Örnek", "Приклад", "Example")
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "uk": "CYRILLIC", "ru": "CYRILLIC"}

RESOURCES = content.resources()
ORGANISATIONS = content.organisations()


def knowledge_codes(name):
    return {
        row["code"] for row in json.loads((ROOT / "knowledge/data" / f"{name}.json").read_text())
    }


def everything():
    return json.dumps([dataclasses.asdict(item) for item in (*RESOURCES, *ORGANISATIONS)])


def script_of(text):
    letters = [unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()]
    return max(set(letters), key=letters.count)


def test_there_are_about_40_resources_and_25_organisations():
    assert len(RESOURCES) == 43
    assert len(ORGANISATIONS) == 25
    assert sum(item.pdf for item in RESOURCES) == 20
    assert sum(item.kind == "online-community" for item in ORGANISATIONS) == 7


def test_all_types_topics_and_languages_occur():
    assert {item.type for item in RESOURCES} == TYPES <= knowledge_codes("types")
    assert {item.language for item in RESOURCES} == LANGUAGES
    assert {item.licence for item in RESOURCES} == LICENCES <= knowledge_codes("licences")
    topics = knowledge_codes("topics")
    assert len(topics) == 20
    assert {code for item in RESOURCES for code in item.topics} == topics
    assert {code for item in ORGANISATIONS for code in item.topics} <= topics
    audiences = knowledge_codes("audiences")
    assert {code for item in RESOURCES for code in item.audiences} == audiences


def test_values_of_choices_are_known():
    assert {item.easy_language for item in RESOURCES} == {"", *EasyLanguage.values}
    assert {item.kind for item in ORGANISATIONS} == set(OrganisationKind.values)
    assert {item.verification for item in ORGANISATIONS} == set(Verification.values)
    platforms = {channel["platform"] for item in ORGANISATIONS for channel in item.social}
    assert platforms <= set(SocialPlatform.values)


def test_the_whole_german_speaking_region_occurs():
    regions = {code for item in RESOURCES for code in item.regions}
    assert {"DE", "AT", "CH", "LI"} <= regions
    assert {code.split("-")[0] for code in regions if "-" in code} == {"DE", "AT", "CH"}
    assert {item.country for item in ORGANISATIONS} == {"DE", "AT", "CH", "LI"}
    years = {item.year for item in RESOURCES}
    assert (min(years), max(years)) == (2015, 2026)


def test_every_organisation_says_that_it_is_invented():
    assert [
        item.name for item in ORGANISATIONS if not any(word in item.name for word in EXAMPLE_WORDS)
    ] == []


def test_every_link_leads_to_example_org():
    links = re.findall(r"https?://[^\s\"<>]+", everything())
    assert len(links) > 80
    assert {urlsplit(link).hostname for link in links} == {"example.org"}


def test_no_mail_address_and_no_telephone_number():
    text = everything().replace("example.org/@", "example.org/")
    assert not re.search(r"[\w.]+@[\w.]+", text)
    assert not re.search(r"\+?\d[\d ()/-]{6,}\d", text)


def test_references_lead_somewhere():
    organisations = {item.id for item in ORGANISATIONS}
    resources = {item.id: item for item in RESOURCES}
    for item in RESOURCES:
        assert set(item.publishers) <= organisations
        named = {row["organisation"] for row in item.authors if "organisation" in row}
        assert named <= organisations
        assert item.authors
        assert item.publishers
        if item.source:
            assert resources[item.source].work == item.work
            assert resources[item.source].language != item.language


def test_a_work_has_each_language_once():
    versions = [(item.work, item.language) for item in RESOURCES if item.work]
    assert len(versions) == len(set(versions))
    languages = {language for work, language in versions if work == "verein-gruenden"}
    assert languages == {"de", "en", "ar", "uk", "tr"}


def test_texts_are_in_the_script_of_their_language():
    for item in RESOURCES:
        expected = SCRIPTS.get(item.language, "LATIN")
        for text in (item.title, item.summary):
            assert script_of(text) == expected, item.id


def test_texts_have_substance():
    for item in RESOURCES:
        assert 60 <= len(item.summary) <= 400, item.id
        assert item.body, item.id
    assert sum(len(item.body) >= 2 for item in RESOURCES) > len(RESOURCES) / 2
    for item in ORGANISATIONS:
        assert len(item.description) > 120, item.id


@pytest.mark.parametrize(
    "spelling",
    [
        "Migrant*innen",
        "Migrant:innen",
        "MigrantInnen",
        "Migrant_innen",
        "Migrantinnen und Migranten",
        "Politiker/-innen",
        "Migrant*innen(selbst)organisation",
        "Online-Communities",
        "Online-Communitys",
    ],
)
def test_people_write_in_many_ways(spelling):
    texts = json.dumps(
        [dataclasses.asdict(item) for item in (*RESOURCES, *ORGANISATIONS)], ensure_ascii=False
    )
    assert spelling in texts


def test_some_hide_their_address_and_some_authors_are_several():
    assert sum(item.show_district_only for item in ORGANISATIONS) >= 2
    assert all(item.district for item in ORGANISATIONS if item.show_district_only)
    assert sum(len(item.authors) > 1 for item in RESOURCES) >= 10
    mixed = [
        item
        for item in RESOURCES
        if {"person", "organisation"} <= {kind for row in item.authors for kind in row}
    ]
    assert len(mixed) >= 5


def test_an_unknown_field_is_an_error():
    with pytest.raises(DataError, match="unknown field colour"):
        content.record(content.HomeData, {"colour": "red"}, "here")


def test_a_missing_field_is_an_error():
    raw = dataclasses.asdict(content.introduction())
    del raw["language"]
    with pytest.raises(DataError, match="missing field language"):
        content.record(content.IntroductionData, raw, "here")


def test_an_unknown_block_is_an_error():
    with pytest.raises(DataError, match="unknown block"):
        content._check_blocks([{"video": "x"}], "here")


def test_a_repeated_id_is_an_error():
    with pytest.raises(DataError, match="stands twice: a"):
        content._refuse_repeated(["a", "b", "a"])


def test_user_texts_cannot_become_markup():
    assert content.paragraphs("a < b\n\n<script>") == "<p>a &lt; b</p><p>&lt;script&gt;</p>"


def test_data_files_are_utf_8_without_mark():
    for path in DATA.glob("*.json"):
        assert not Path(path).read_bytes().startswith(b"\xef\xbb\xbf"), path.name
