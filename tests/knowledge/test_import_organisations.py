"""Importing organisations and online communities."""

import pytest

from knowledge.enums import LocationPrecision, Verification
from knowledge.models import Organisation
from knowledge.services.imports import ImportRefusedError, OrganisationImport, run_import
from knowledge.services.imports.channels import platform_of
from knowledge.services.imports.organisations import description_language
from tests.knowledge.csv_files import organisation

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def run(db, write_csv):
    def run(rows, *, publish=True, **options):
        return run_import(
            path=write_csv(rows, **options), importer=OrganisationImport(), publish=publish
        )

    return run


def test_every_column_arrives(run):
    run([organisation()])

    item = Organisation.objects.get(import_source="csv", import_id="o001")
    assert (item.name, item.short_name, item.kind) == (
        "Brücke der Kulturen",
        "BdK",
        "organisation",
    )
    assert item.description == "<p>Wir beraten Familien.</p>"
    assert item.language.code == "de"
    assert {language.code for language in item.languages_spoken.all()} == {"de", "ar"}
    assert item.region.code == "DE-BE"
    assert (item.city, item.postal_code, item.founded) == ("Berlin", "10115", 1998)
    assert {topic.code for topic in item.topics.all()} == {"funding"}
    assert item.website == "https://example.org"
    assert [(row.platform, row.url) for row in item.channels.all()] == [
        ("instagram", "https://www.instagram.com/bdk"),
        ("telegram", "https://t.me/bdk"),
    ]
    assert item.verification == Verification.SHADOW
    assert item.location_precision == LocationPrecision.PLACE
    assert item.live
    item.full_clean()


def test_the_same_file_again_changes_nothing_and_a_changed_cell_only_its_field(run):
    run([organisation(), organisation(id="o2", name="Zwei")])
    before = Organisation.objects.values().get(import_id="o001")
    report = run([organisation(), organisation(id="o2", name="Zwei", city="Ulm", region="DE-BW")])

    assert (report.created, report.changed, report.unchanged) == (0, 1, 1)
    assert Organisation.objects.values().get(import_id="o001") == before
    changed = Organisation.objects.get(import_id="o2")
    assert (changed.city, changed.region.code, changed.name) == ("Ulm", "DE-BW", "Zwei")
    assert changed.channels.count() == 2


@pytest.mark.parametrize(
    ("country", "region", "code"),
    [
        ("DE", "", "DE"),
        ("", "AT-9", "AT-9"),
        ("DE", "BE", "DE-BE"),
        ("de", "berlin", "DE-BE"),
        ("Österreich", "Wien", "AT-9"),
        ("", "", None),
    ],
)
def test_region_is_the_most_exact_place_given(run, country, region, code):
    run([organisation(country=country, region=region)])

    found = Organisation.objects.get().region
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "club"}, '"club" is not a known kind. Known are: organisation, online-community'),
        ({"kind": ""}, 'row 2, column "kind": this cell must not be empty'),
        ({"name": ""}, 'row 2, column "name": this cell must not be empty'),
        ({"country": "FR", "region": ""}, 'column "country": "FR" is not a known country'),
        ({"country": "DE-BE", "region": ""}, 'column "country": "DE-BE" is no country'),
        ({"country": "DE", "region": "AT-9"}, '"AT-9" is not in the country "DE"'),
        ({"languages": "de;klingon"}, '"klingon" is not a known language code'),
        ({"founded": "3000"}, 'column "founded": 3000 is not between 1800 and'),
        ({"postal_code": "1" * 13}, "13 characters, at most 12 are allowed"),
        ({"description": "x" * 10_001}, "10001 characters, at most 10000 are allowed"),
        ({"social": "@bdk"}, 'column "social": "@bdk" is not a web address'),
        ({"social": "myspace: https://example.org"}, '"myspace" is not a known platform'),
        ({"website": "javascript:alert(1)"}, 'column "website"'),
    ],
)
def test_bad_cells_are_refused(run, changes, message):
    with pytest.raises(ImportRefusedError) as caught:
        run([organisation(**changes)])

    assert len(caught.value.problems) == 1
    assert message in str(caught.value)
    assert not Organisation.objects.exists()


def test_descriptions_are_cleaned(run):
    run([organisation(description="<p>Gut</p><script>x()</script><iframe src=//x></iframe>")])

    assert Organisation.objects.get().description == "<p>Gut</p>"


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("", [], "de"),
        ("Wir beraten.", ["ar", "de"], "de"),
        ("We give advice.", ["en", "ar"], "en"),
        ("نقدم المشورة", ["de", "ar"], "ar"),
        ("Ми допомагаємо", ["de", "uk"], "uk"),
        ("መርሓባ", ["ti", "de"], "ti"),
        ("Ми допомагаємо", ["de"], "de"),
    ],
)
def test_a_description_is_in_the_spoken_language_with_its_script(text, spoken, language):
    assert description_language(text, spoken) == language


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://www.facebook.com/x", "facebook"),
        ("https://m.youtube.com/@x", "youtube"),
        ("https://x.com/a", "x"),
        ("https://netflix.com/a", "other"),
        ("https://chaos.social/@verein", "mastodon"),
        ("https://example.org/", "other"),
    ],
)
def test_platforms_are_told_by_the_host(url, platform):
    assert platform_of(url) == platform
