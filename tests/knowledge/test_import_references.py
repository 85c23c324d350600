"""RIS and BibTeX files as literature programs write them."""

import pytest

from knowledge.enums import ContributorKind
from knowledge.models import Resource, ResourceType
from knowledge.services.imports import (
    ImportRefusedError,
    Options,
    Reading,
    ResourceImport,
    run_import,
)
from knowledge.services.imports.problems import Problems
from knowledge.services.imports.reading import Format, format_of, open_raw
from tests.factories.knowledge import OrganisationFactory
from tests.knowledge.csv_files import counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

RIS = """TY  - RPRT
TI  - Verein gründen
AU  - Yıldız, Amina
AU  - Netzwerk Bildung e.V., Berlin
AU  - Cher
PY  - 2024/05/03/
AB  - Erster Teil
      geht hier weiter.
KW  - Satzung
KW  - Ehrenamt
UR  - https://example.org/a?b=1
DO  - https://doi.org/10.1234/ABC
LA  - German
ID  - r1
ER  -

TY  - VIDEO
T1  - Ein Film
A1  - Шевченко, Олександр
LA  - ukr
UR  - www.example.org/film
"""
BIBTEX = r"""
% a comment
@string{verlag = "Verlag f{\"u}r Vereine"}
@comment{nothing}
@techreport{r1,
  author = {{Verein e.V. and Friends} and Y{\i}ld{\i}z, Amina and J{\"o}rg M{\"u}ller},
  title = {Die {EU} \& wir: 50\% in \textit{Kursiv}},
  institution = verlag # " GmbH",
  month = mar, year = 2024, langid = {ngerman},
  url = {https://example.org/a_b%20c}, doi = "10.1234/abc",
  keywords = {Satzung, Ehrenamt},
}
@Online{film, title = "مرحبا", author = "{Netzwerk}", date = {2023-05-01}, language = {ar}}
"""


def read(path):
    problems = Problems()
    rows = list(open_raw(path, known=ResourceImport.columns).rows(problems))
    return [row.cells for row in rows], [str(problem) for problem in problems.shown]


def run(path, publish=True, **defaults):
    return run_import(
        path=path,
        importer=ResourceImport(),
        options=Options(publish=publish, reading=Reading(defaults=defaults)),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("id,title\n", Format.CSV),
        ("TY  - BOOK\n", Format.RIS),
        ("\ufeff\n\nTY  - BOOK\n", Format.RIS),
        ("TY - BOOK\n", Format.RIS),
        ("% note\n\n@book{a, title={b}}", Format.BIBTEX),
        ("@COMMENT{a}", Format.BIBTEX),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_format_is_told_by_the_content(write_csv, text, kind, encoding):
    assert format_of(write_csv(text, encoding=encoding)) is kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_ris_is_read_in_every_encoding(write_csv, encoding, line_end):
    text = "TY  - RPRT\nTI  - Größe und Maß für Vereine\nER  - \n".replace("\n", line_end)
    (cells,), problems = read(write_csv(text, encoding=encoding))
    assert (cells["title"], problems) == ("Größe und Maß für Vereine", [])


def test_a_ris_reference_becomes_a_row(write_csv):
    (report, film), problems = read(write_csv(RIS))

    assert problems == []
    assert report == {
        "id": "r1",
        "title": "Verein gründen",
        "summary": "Erster Teil geht hier weiter.",
        "type": "report",
        "language": "de",
        "authors": "Amina Yıldız; {Netzwerk Bildung e.V., Berlin}; Cher",
        "year": "2024",
        "tags": "Satzung; Ehrenamt",
        "url": "https://example.org/a?b=1",
        "doi": "10.1234/ABC",
    }
    assert film["authors"] == "Олександр Шевченко"
    assert (film["type"], film["language"]) == ("video", "uk")
    assert film["url"] == "https://www.example.org/film"


def test_references_without_an_id_are_recognised_again(write_csv):
    path = write_csv(RIS)

    assert counts(run(path, type="guide")) == (2, 0, 0)
    assert counts(run(path, type="guide")) == (0, 0, 2)


def test_text_before_the_first_ris_reference_is_named(write_csv):
    _rows, problems = read(write_csv("TY  - RPRT\nER  - \nhello\nTY  - RPRT\n"))
    assert problems == ["row 3: A reference must begin with a line “TY  - …”."]


def test_a_bibtex_entry_becomes_a_row(write_csv):
    (report, film), problems = read(write_csv(BIBTEX))

    assert problems == []
    assert report["authors"] == "{Verein e.V. and Friends}; Amina Yıldız; Jörg Müller"
    assert report["title"] == "Die EU & wir: 50% in Kursiv"
    assert report["publisher"] == "Verlag für Vereine GmbH"
    assert report["url"] == "https://example.org/a_b%20c"
    assert (report["id"], report["type"], report["year"]) == ("r1", "report", "2024")
    assert (report["language"], report["doi"]) == ("de", "10.1234/abc")
    assert report["tags"] == "Satzung; Ehrenamt"
    assert film["title"] == "مرحبا"
    assert (film["type"], film["language"], film["authors"]) == ("website", "ar", "{Netzwerk}")


def test_broken_bibtex_entries_are_named_by_line(write_csv):
    rows, problems = read(
        write_csv(
            "@book{a, title={A}}\n@book{b, title={B,\n@book{c, title={C}}\n@book{a, title={D}}"
        )
    )
    assert [cells["title"] for cells in rows] == ["A", "C", "D"]
    assert problems == ["row 2: This entry cannot be read: are braces or commas missing?"]


def test_a_key_that_stands_twice_is_refused(write_csv):
    path = write_csv("@book{a, title={A}, langid={de}}\n@book{a, title={D}, langid={de}}")
    with pytest.raises(ImportRefusedError, match='"a" already stands in row 1'):
        run(path)


@pytest.mark.parametrize("column", ["ris", "biblatex"])
def test_types_come_from_the_vocabulary(write_csv, column):
    """A type that an editor adds is read without a change of the program."""
    ResourceType.objects.create(
        code="game", labels={"de": "Spiel"}, ris="COMP", biblatex="software"
    )
    text = "TY  - COMP\nTI  - A\n" if column == "ris" else "@software{a, title={A}}"
    assert read(write_csv(text))[0][0]["type"] == "game"


@pytest.mark.parametrize("kind", ["GEN", "XXXX"])
def test_a_type_that_says_nothing_is_asked_for(write_csv, kind):
    path = write_csv(f"TY  - {kind}\nTI  - A\nLA  - de\nER  - \n")
    with pytest.raises(
        ImportRefusedError, match='row 1, column "type": this cell must not be empty'
    ):
        run(path)
    assert counts(run(path, type="guide")) == (1, 0, 0)


def test_organisations_stay_whole(write_csv):
    known = OrganisationFactory(name="Verein Brücke, Köln")
    text = (
        "@book{a, title={A}, langid={de}, author={{Verein Brücke, Köln} and {Rat, der} and B, C}}"
    )
    run(write_csv(text))

    rows = list(Resource.objects.get().contributors.all())
    assert [row.name for row in rows] == ["Verein Brücke, Köln", "Rat, der", "C B"]
    assert [row.kind for row in rows] == [
        ContributorKind.ORGANISATION,
        ContributorKind.ORGANISATION,
        ContributorKind.PERSON,
    ]
    assert [row.organisation for row in rows] == [known, None, None]


def test_an_abstract_too_long_for_the_summary_becomes_the_text(write_csv):
    (cells,), _problems = read(write_csv("TY  - BOOK\nTI  - A\nAB  - " + "x" * 2001))
    assert ("summary" in cells, len(cells["body"])) == (False, 2001)


def test_references_empty_no_field_of_an_item_that_exists(write_csv):
    run(write_csv("@book{a, title={A}, langid={de}, year=2020, abstract={Text}}"))
    report = run(write_csv("@book{a, title={B}, langid={de}}"))

    found = Resource.objects.get()
    assert (report.changed, found.title, found.year, found.summary) == (1, "B", 2020, "Text")
