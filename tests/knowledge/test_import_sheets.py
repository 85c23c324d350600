"""XLSX tables."""

import zipfile
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook

from knowledge.models import Organisation, Resource
from knowledge.services.imports import (
    ImportRefusedError,
    OrganisationImport,
    ResourceImport,
    run_import,
)
from knowledge.services.imports.problems import Problems
from knowledge.services.imports.sheets import open_sheet
from tests.knowledge.csv_files import ORGANISATION, RESOURCE, counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def write_xlsx(tmp_path):
    """Writes rows to the first sheet of a file and returns its path."""

    def write(rows, change=lambda _sheet: None):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        change(book.active)
        path = tmp_path / "rows.xlsx"
        book.save(path)
        return path

    return write


def cells_of(path):
    problems = Problems()
    rows = [list(row.cells.values()) for row in open_sheet(path).rows(problems)]
    return rows, [str(problem) for problem in problems.shown]


def test_a_table_is_imported_like_csv(write_xlsx):
    path = write_xlsx([list(RESOURCE), list(RESOURCE.values())])

    assert counts(run_import(path=path, importer=ResourceImport(), publish=True)) == (1, 0, 0)
    assert counts(run_import(path=path, importer=ResourceImport(), publish=True)) == (0, 0, 1)
    assert Resource.objects.get().title == RESOURCE["title"]


def test_numbers_and_dates_mean_what_they_show(write_xlsx):
    def zeros(sheet):
        sheet["E2"].number_format = "00000"

    rows, problems = cells_of(
        write_xlsx(
            [
                list("abcdefg"),
                [
                    2024,
                    2024.0,
                    1.5,
                    date(2024, 5, 1),
                    1067,
                    datetime.fromisoformat("2024-05-01T12:30"),
                    True,
                ],
            ],
            zeros,
        )
    )
    assert rows == [["2024", "2024", "1.5", "2024-05-01", "01067", "2024-05-01T12:30:00", "true"]]
    assert problems == []


def test_of_a_date_the_year_is_meant_and_postal_codes_keep_their_zeros(write_xlsx):
    row = {**ORGANISATION, "founded": date(1998, 3, 1), "postal_code": 1067}

    def zeros(sheet):
        sheet.cell(2, list(row).index("postal_code") + 1).number_format = "00000"

    path = write_xlsx([list(row), list(row.values())], zeros)
    run_import(path=path, importer=OrganisationImport(), publish=True)

    found = Organisation.objects.get()
    assert (found.founded, found.postal_code) == (1998, "01067")


def test_formulas_are_not_run_and_errors_are_named(write_xlsx, tmp_path):
    path = write_xlsx([["a", "b"], ["=1+1", "x"], ["#REF!", "y"]])
    rows, problems = cells_of(path)

    assert rows == [["", "x"], ["", "y"]]  # the program that wrote the file stored no value
    assert problems == ["row 3: A cell holds the error #REF!."]


def test_rows_are_counted_as_the_program_shows_them(write_xlsx):
    path = write_xlsx([[], ["a", "b"], [], ["1"], ["1", "2", "3"]])
    problems = Problems()
    table = open_sheet(path)

    assert table.header == ("a", "b")
    assert [(row.number, list(row.cells.values())) for row in table.rows(problems)] == [
        (4, ["1", ""])
    ]
    assert [str(problem) for problem in problems.shown] == [
        "row 5: There are cells beside the last column."
    ]


def test_an_empty_sheet_is_refused(write_xlsx):
    with pytest.raises(ImportRefusedError, match="The first sheet of the file is empty"):
        open_sheet(write_xlsx([]))


def rewrite(path, **parts):
    """The same archive with some parts replaced or added."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return target


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("xl/media/zeros.bin", b"0" * 30_000_000, "far too big"),
        ("xl/vbaProject.bin", b"macro", "macros"),
        ("../outside.xml", b"x", "forbidden names"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>", "damaged or incomplete"),
        (
            "xl/worksheets/sheet1.xml",
            BOMB + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
            "</worksheet>",
            "damaged or incomplete",
        ),
        ("xl/workbook.xml", BOMB + "<workbook>&b;</workbook>", "damaged or incomplete"),
    ],
)
def test_dangerous_and_damaged_archives_are_refused(write_xlsx, part, content, reason):
    path = rewrite(write_xlsx([["a"], ["1"]]), **{part: content})
    with pytest.raises(ImportRefusedError, match=reason):
        cells_of(path)


def test_another_archive_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(ImportRefusedError, match="This is no XLSX file"):
        open_sheet(path)


def test_a_sheet_that_claims_a_million_columns_is_refused(write_xlsx):
    path = write_xlsx([[f"c{number}" for number in range(300)]])
    with pytest.raises(ImportRefusedError, match="more than 200 columns"):
        open_sheet(path)


def test_a_duration_and_a_number_without_end_refuse_no_file(write_xlsx, tmp_path):
    def durations(sheet):
        sheet["B2"].number_format = "[h]:mm"

    path = write_xlsx([list("abc"), ["x", timedelta(hours=30), 123456.5]], durations)
    endless = tmp_path / "endless.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(endless, "w") as changed:
        for name in book.namelist():
            changed.writestr(name, book.read(name).replace(b"123456.5", b"1e999"))

    assert cells_of(endless) == ([["x", "1 day, 6:00:00", "inf"]], [])
