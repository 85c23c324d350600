"""Reading CSV files: encodings, separators, headers, garbled rows."""

import csv

import pytest

from knowledge.services.imports import ImportRefusedError
from knowledge.services.imports.problems import SHOWN, Problems
from knowledge.services.imports.reading import open_table
from tests.knowledge.csv_files import RESOURCE, text_of

pytestmark = pytest.mark.usefixtures("english")

COLUMNS = tuple(RESOURCE)
REQUIRED = ("id", "title")


def read(path):
    problems = Problems()
    table = open_table(path, known=COLUMNS, required=REQUIRED)
    return list(table.rows(problems)), problems, table


def refusal(path):
    with pytest.raises(ImportRefusedError) as caught:
        open_table(path, known=COLUMNS, required=REQUIRED)
    return [str(problem) for problem in caught.value.problems]


TITLE = "Größe, Müll & „Fußnote“ – 50 €"
TEXT = text_of([{"id": "r1", "title": TITLE}])


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be mark", "cp1252"],
)
def test_encodings_are_recognised(write_csv, data):
    rows, problems, _table = read(write_csv(data))

    assert [row.cells["title"] for row in rows] == [TITLE]
    assert not problems.total


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Für Mädchen über Öl", "mac_roman"),
        ("Straße und Fußball", "mac_roman"),
        ("Mädchen für Öl", "cp437"),
        ("Mädchen", "cp850"),
        ("Kadınlar için şarkılar", "cp1254"),
        ("Eğitim İstanbul", "iso8859_9"),
        ("Русский язык", "cp1251"),
        ("Українська мова", "koi8_u"),
        ("مرحبا بكم", "cp1256"),
        ("Ελληνικά κείμενα", "cp1253"),
        ("Zażółć gęślą jaźń", "cp1250"),
        ("Příběh města a děti", "cp1250"),
        ("日本語のテキスト", "shift_jis"),
        ("中文文本", "gb18030"),
    ],
)
def test_other_encodings_are_refused_and_never_mangled(write_csv, text, encoding):
    path = write_csv(text_of([{"id": "r1", "title": text}]), encoding=encoding)

    (message,) = refusal(path)
    assert message.startswith("The letters of this file cannot be read without doubt.")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-32"),
        "id,title\nr1,für ".encode() + b"\xfc\n",
        b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x",
        b"\xef\xbb\xbfid,title\nr1,f\xfcr\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    ],
    ids=["utf-32", "two encodings", "odd utf-16", "false mark", "picture"],
)
def test_undecodable_files_are_refused(write_csv, data):
    assert len(refusal(write_csv(data))) == 1


def test_words_of_western_languages_in_windows_1252_are_read(write_csv):
    title = "Ärger, naïve façade, señora, København, Åse, cœur, où, più, Šolić, äöüß ÄÖÜ"
    rows, _problems, _table = read(
        write_csv(text_of([{"id": "r1", "title": title.replace("ć", "c")}]), encoding="cp1252")
    )

    assert rows[0].cells["title"] == title.replace("ć", "c")


def test_an_empty_file_is_refused(write_csv):
    assert refusal(write_csv(b"")) == ["The file is empty."]


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "There is no file" in refusal(tmp_path / "nothing.csv")[0]
    assert "There is no file" in refusal(tmp_path)[0]


@pytest.mark.parametrize(("delimiter", "name"), [(",", ","), (";", ";"), ("\t", "\t")])
def test_separators_are_recognised_by_the_header(write_csv, delimiter, name):
    rows, problems, table = read(
        write_csv([{"id": "r1", "title": "A", "tags": "a;b"}], delimiter=delimiter)
    )

    assert table.table.delimiter == name
    assert rows[0].cells == {"id": "r1", "title": "A", "tags": "a;b"}
    assert not problems.total


def test_unquoted_values_in_a_file_with_semicolons_are_refused_with_the_reason(write_csv):
    _rows, problems, _table = read(write_csv("id;title;tags\nr1;A;a;b\n"))

    assert str(problems.shown[0]) == (
        "row 2: 4 cells instead of 3. "
        "In a file separated by semicolons, quote cells with several values."
    )


def test_header_order_case_and_spaces_are_free(write_csv):
    rows, _problems, _table = read(write_csv("\ufeff Title , ID\nA,r1\n"))

    assert rows[0].cells == {"title": "A", "id": "r1"}


def test_wrong_headers_are_named_all_at_once(write_csv):
    messages = refusal(write_csv("id,colour,,year,year\n1,2,3,4,5\n"))

    assert len(messages) == 4
    assert messages[0].startswith('row 1, column "colour": This column is unknown. Known are: id,')
    assert messages[1] == "row 1: Column 3 has no name."
    assert messages[2] == 'row 1, column "year": This column stands there 2 times.'
    assert messages[3] == 'row 1, column "title": This column is missing.'


def test_a_header_of_five_megabytes_is_refused_in_few_words(write_csv):
    messages = refusal(write_csv("x" * 5_000_000 + ",id,title\n"))

    assert len(messages) == 1
    assert len(messages[0]) < 400


def test_rows_count_like_a_spreadsheet(write_csv):
    text = 'id,title\n\nr1,"two\nlines"\n,\nr2,B\nr3,C,D\nr4\n'
    rows, problems, _table = read(write_csv(text))

    assert [row.number for row in rows] == [3, 5]
    assert [str(problem) for problem in problems.shown] == [
        "row 6: 3 cells instead of 2.",
        "row 7: 1 cells instead of 2.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'id,title\nr1,A\nr2,"B\nr3,C\n',
            "row 3: A quotation mark is opened here and never closed.",
        ),
        ('id,title\nr1,"A"B\n', "row 2: Text follows a closing quotation mark."),
        ('id,"title\n', "row 1: A quotation mark is opened here and never closed."),
    ],
)
def test_garbled_quoting_is_reported_with_its_row(write_csv, text, message):
    path = write_csv(text)
    try:
        _rows, problems, _table = read(path)
    except ImportRefusedError as refused:
        found = str(refused)
    else:
        found = "\n".join(map(str, problems.shown))

    assert message in found


def test_a_quotation_mark_that_swallows_the_file_does_not_fill_the_memory(write_csv):
    path = write_csv('id,title\nr1,"' + "x" * (17 * 1024 * 1024) + "\n")
    _rows, problems, _table = read(path)

    assert "row 2: A cell is longer than 16 MB." in str(problems.shown[0])


def test_the_limit_of_the_csv_module_is_left_as_it_was(write_csv):
    before = csv.field_size_limit()
    read(write_csv(TEXT))

    assert csv.field_size_limit() == before


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(write_csv, end):
    rows, _problems, _table = read(write_csv(f"id,title{end}r1,A{end}r2,B{end}"))

    assert [row.cells["id"] for row in rows] == ["r1", "r2"]


def test_all_problems_are_counted_and_the_first_are_kept():
    problems = Problems()
    for number in range(SHOWN + 50):
        problems.add(number, "", "wrong")

    assert problems.total == SHOWN + 50
    assert len(problems.shown) == SHOWN
