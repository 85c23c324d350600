"""What is exported comes back as it was."""

import csv
import io

import pytest
from openpyxl import load_workbook

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.exports import ORGANISATION_FORMATS, RESOURCE_FORMATS, download
from knowledge.models import (
    Contributor,
    Organisation,
    Publisher,
    Resource,
    SocialChannel,
    Topic,
)
from knowledge.services.imports import (
    Options,
    OrganisationImport,
    Reading,
    ResourceImport,
    run_import,
)
from knowledge.services.imports.notation import split_values, without_braces
from knowledge.services.imports.problems import Problems
from knowledge.services.imports.reading import open_raw
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
)
from tests.knowledge.csv_files import counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NUMBER = 200
AWKWARD = [
    "=1+1",
    "+49 30 123456",
    "-5",
    "@SUM(A1)",
    "'=quoted",
    "'",
    "مرحبا بكم؛ أهلا",
    'He said "yes"; she said, no',
    "a;b\\;c\\",
    "<b>not bold</b> & <script>",
    "50% & more_{x} #1 ~ ^ $",
    "Straße — „Größe“ 👋🏽",
    "and others",
]
TEXTS = [*AWKWARD, "one\ntwo\n\nthree", "\ttab", "=a\n=b"]


def body(html):
    field = Resource._meta.get_field("body")
    return field.to_python([{"type": "paragraph", "value": html}]) if html else field.to_python([])


def write(response, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"".join(response.streaming_content))
    response.close()
    return path


def make_resources(number=NUMBER, texts=AWKWARD, person="Amina Yıldız, MA and Sons"):
    known = OrganisationFactory(name="Verein; mit Semikolon, e.V.")
    topics = list(Topic.objects.all()[:3])
    german, arabic = LanguageFactory(code="de"), LanguageFactory(code="ar")
    for place in range(number):
        text = texts[place % len(texts)]
        long = TEXTS[place % len(TEXTS)]
        ResourceFactory(
            title=f"{text} {place}",
            summary=long,
            body=body(
                ["", "<p>Hallo<br/>Welt</p><p>=1</p>", "<p><b>fett</b> &amp; gut</p>"][place % 3]
            ),
            language=arabic if place % 5 == 0 else german,
            languages=[german, arabic] if place % 7 == 0 else [],
            year=2000 + place % 20,
            url=f"https://example.org/{place}?a=1&b={{x}}",
            doi=f"10.1234/a;b({place})",
            topics=topics[: place % 4],
            regions=[RegionFactory(code="DE-BE")] if place % 2 else [],
            tags=["=tag", f"a, b {place % 9}"],
            live=place % 10 != 3,
            import_source="csv" if place % 3 == 0 else "",
            import_id=f"row{place}" if place % 3 == 0 else None,
            contributors=[
                Contributor(name=f"{text}", kind=ContributorKind.ORGANISATION),
                Contributor(name=person, kind=ContributorKind.PERSON),
                Contributor(organisation=known, kind=ContributorKind.ORGANISATION),
                Contributor(name="Eda", role=ContributorRole.EDITOR),
            ],
            publishers=[Publisher(organisation=known), Publisher(name=text)],
        )


def make_organisations(number=NUMBER):
    for place in range(number):
        text = AWKWARD[place % len(AWKWARD)]
        OrganisationFactory(
            name=f"{text} {place}",
            short_name=text[:20],
            description=["<p>Eins<br/>zwei</p>", '<p><a href="https://e.org">x</a></p>', ""][
                place % 3
            ],
            city=text[:50],
            postal_code=["+49", "01067", ""][place % 3],
            region=RegionFactory(code=["DE-BE", "AT"][place % 2]),
            website="https://example.org/",
            founded=1990,
            channels=[
                SocialChannel(platform="mastodon", url="https://example.org/x"),
                SocialChannel(platform="telegram", url="https://t.me/x"),
            ],
            languages_spoken=[LanguageFactory(code="ar"), LanguageFactory(code="de")],
        )


@pytest.mark.parametrize(
    ("kind", "publish"),
    [pytest.param("csv", False, marks=pytest.mark.any_database), ("xlsx", True)],
)
def test_200_resources_come_back_without_a_change(tmp_path, kind, publish):
    make_resources()
    live = Resource.objects.filter(live=True)
    revisions = set(Resource.objects.values_list("pk", "latest_revision"))
    items = live if publish else Resource.objects.all()
    response = download(items, RESOURCE_FORMATS[kind], name="x", public=False, newest=True)
    path = write(response, tmp_path, f"x.{kind}")

    report = run_import(path=path, importer=ResourceImport(), publish=publish)

    assert counts(report) == (0, 0, items.count())
    assert set(Resource.objects.values_list("pk", "latest_revision")) == revisions


@pytest.mark.parametrize("kind", ["csv", pytest.param("xlsx", marks=pytest.mark.any_database)])
def test_200_organisations_come_back_without_a_change(tmp_path, kind):
    make_organisations()
    response = download(
        Organisation.objects.all(), ORGANISATION_FORMATS[kind], name="x", public=False
    )
    path = write(response, tmp_path, f"x.{kind}")

    assert counts(run_import(path=path, importer=OrganisationImport(), publish=True)) == (0, 0, 200)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_one_changed_cell_changes_one_field_of_one_item(tmp_path, kind):
    make_resources(20)
    changed = Resource.objects.filter(live=True).first()
    before = changed.contributors.count(), changed.summary
    path = write(
        download(Resource.objects.all(), RESOURCE_FORMATS[kind], name="x", public=False),
        tmp_path,
        "x",
    )
    Resource.objects.filter(pk=changed.pk).update(title="Anders")

    report = run_import(path=path, importer=ResourceImport(), publish=True)

    assert report.changed == 1
    after = Resource.objects.get(pk=changed.pk)
    assert (after.title, after.contributors.count(), after.summary) == (changed.title, *before)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_site_gets_all_of_an_export(tmp_path, kind):
    make_resources(40)
    before = [
        (item.title, item.summary.strip(), item.year, item.doi)
        for item in Resource.objects.order_by("year", "title")
    ]
    authors = {
        item.title: [(c.name, c.kind) for c in item.contributors.all() if c.role == "author"][:2]
        for item in Resource.objects.all()
    }
    path = write(
        download(Resource.objects.all(), RESOURCE_FORMATS[kind], name="x", public=False),
        tmp_path,
        "x",
    )
    Resource.objects.all().delete()

    assert counts(run_import(path=path, importer=ResourceImport(), publish=True)) == (40, 0, 0)

    items = Resource.objects.order_by("year", "title")
    assert [(item.title, item.summary, item.year, item.doi) for item in items] == before
    for item in items:
        found = [(c.name, c.kind) for c in item.contributors.all()][:2]
        assert found == authors[item.title]


@pytest.mark.parametrize("kind", ["ris", "bibtex", "biblatex"])
def test_references_read_back_to_the_same_titles_and_authors(tmp_path, kind):
    if kind == "ris":  # there a comma stands between family and given name
        make_resources(30, [text for text in AWKWARD if "," not in text], "Amina Yıldız and Sons")
    else:
        make_resources(30)
    expected = {
        str(item.public_id): (
            " ".join(item.title.split()),
            [c.display_name for c in item.contributors.all() if c.role == "author"],
            str(item.year),
            item.doi,
        )
        for item in Resource.objects.all()
    }
    path = write(
        download(Resource.objects.all(), RESOURCE_FORMATS[kind], name="x", public=False),
        tmp_path,
        "x",
    )
    problems = Problems()
    importer = ResourceImport()
    found = {}
    for row in open_raw(path, importer.columns).rows(problems):
        authors = [without_braces(value.strip())[0] for value in split_values(row.cells["authors"])]
        found[row.cells["id"]] = (row.cells["title"], authors, row.cells["year"], row.cells["doi"])

    assert problems.total == 0
    assert found == expected
    options = Options(reading=Reading())
    assert run_import(path=path, importer=importer, options=options).created == 0


def test_ris_has_its_line_ends_and_end_marks(tmp_path):
    ResourceFactory(title="A\nB", year=2024)
    data = b"".join(
        download(Resource.objects.all(), RESOURCE_FORMATS["ris"], name="x").streaming_content
    )

    lines = data.decode().split("\r\n")
    assert lines[0].startswith("TY  - ")
    assert "TI  - A B" in lines
    assert lines[-3:] == ["ER  - ", "", ""]
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_no_cell_of_a_csv_file_is_a_formula(tmp_path):
    make_resources(40)
    make_organisations(40)
    for items, formats in ((Resource, RESOURCE_FORMATS), (Organisation, ORGANISATION_FORMATS)):
        response = download(items.objects.all(), formats["csv"], name="x", public=False)
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        assert any("+49" in cell for cell in cells)


def test_all_cells_of_an_xlsx_file_are_texts(tmp_path):
    make_resources(40)
    response = download(Resource.objects.all(), RESOURCE_FORMATS["xlsx"], name="x", public=False)
    sheet = load_workbook(write(response, tmp_path, "x.xlsx")).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_a_text_too_long_for_a_spreadsheet_is_left_alone(tmp_path):
    long = "<p>" + "lang " * 8000 + "</p>"
    item = ResourceFactory(body=body(long))
    response = download(Resource.objects.all(), RESOURCE_FORMATS["xlsx"], name="x")
    path = write(response, tmp_path, "x.xlsx")

    assert counts(run_import(path=path, importer=ResourceImport(), publish=True)) == (0, 0, 1)
    assert "lang lang" in str(Resource.objects.get(pk=item.pk).body)


def test_public_exports_name_no_hidden_organisation_and_no_hidden_place():
    hidden = OrganisationFactory(name="Geheim", live=False)
    ResourceFactory(
        contributors=[Contributor(organisation=hidden, kind="organisation")],
        publishers=[Publisher(organisation=hidden)],
    )
    OrganisationFactory(
        name="Offen", city="Geheimstadt", postal_code="99999", location_precision="region"
    )
    for items, formats in (
        (Resource.objects.all(), RESOURCE_FORMATS),
        (Organisation.objects.filter(live=True), ORGANISATION_FORMATS),
    ):
        for kind in formats.values():
            if kind.code == "xlsx":
                continue
            text = b"".join(download(items, kind, name="x").streaming_content).decode()
            assert "Geheim" not in text
            assert "99999" not in text
