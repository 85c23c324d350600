"""What the cells of a resource may hold, and how they are refused."""

import pytest

from knowledge.enums import ContributorKind
from knowledge.models import Language, Resource, Tag
from knowledge.services.imports import ImportRefusedError
from tests.factories.knowledge import OrganisationFactory
from tests.knowledge.csv_files import counts, resource, resources

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_tags_are_the_same_whatever_the_case(run):
    Tag.objects.create(name="Ehrenamt")
    run([resource(tags="EHRENAMT;Ölig;ölig")])

    assert {tag.name for tag in Resource.objects.get().tags.all()} == {"Ehrenamt", "Ölig"}
    assert Tag.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"type": "GUIDE"}, "type", "guide"),
        ({"language": "DE"}, "language", "de"),
        ({"licence": "cc by 4.0"}, "licence", "CC-BY-4.0"),
        ({"licence": "Alle Rechte vorbehalten"}, "licence", "all-rights-reserved"),
    ],
)
def test_codes_are_found_in_any_case(run, changes, field, code):
    run([resource(**changes)])

    assert getattr(Resource.objects.get(), field).code == code


def test_topics_and_regions_may_be_named(run):
    run([resource(topics="Förderung & Finanzierung;language-learning", regions="Bavaria;Wien")])

    item = Resource.objects.get()
    assert {topic.code for topic in item.topics.all()} == {"funding", "language-learning"}
    assert {region.code for region in item.regions.all()} == {"DE-BY", "AT-9"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "Wunschzettel"}, 'row 2, column "type": "Wunschzettel" is not a known type'),
        ({"language": "xx"}, 'row 2, column "language": "xx" is not a known language code'),
        ({"language": "Germanisch"}, '"Germanisch" is not a known language code'),
        ({"language": "deu"}, '"deu" is not a known language code'),
        ({"language": ""}, 'row 2, column "language": this cell must not be empty'),
        ({"regions": "DE;US-NY"}, 'row 2, column "regions": "US-NY" is not a known region'),
        ({"topics": "fishing"}, 'row 2, column "topics": "fishing" is not a known topic'),
        ({"licence": "WTFPL"}, 'row 2, column "licence": "WTFPL" is not a known licence'),
        ({"title": " "}, 'row 2, column "title": this cell must not be empty'),
        ({"title": "\u200d\u200d"}, 'row 2, column "title": this cell must not be empty'),
        ({"id": ""}, 'row 2, column "id": this cell must not be empty'),
        ({"title": "x" * 301}, 'row 2, column "title": 301 characters, at most 300 are allowed'),
        ({"summary": "x" * 2001}, 'column "summary": 2001 characters, at most 2000 are allowed'),
        ({"body": "x" * 5_000_000}, 'column "body": 5000000 characters, at most 200000'),
        ({"title": "a\0b"}, 'row 2, column "title": contains a NUL character'),
        ({"summary": "a\x0bb"}, 'column "summary": contains a control character (U+000B)'),
        ({"title": "M�ller"}, 'column "title": contains the sign � in place of a letter'),
        ({"title": "Ã¼ber uns"}, 'column "title": letters were damaged when the file was saved'),
        ({"year": "24"}, 'row 2, column "year": "24" is not a year of four digits'),
        ({"year": "٢٠٢٤"}, "is not a year of four digits"),
        ({"year": "1066"}, 'row 2, column "year": 1066 is not between 1800 and'),
        (
            {"url": "javascript:alert(1)"},
            'column "url": "javascript:alert(1)" is not a web address',
        ),
        ({"url": "ftp://example.org/x"}, "is not a web address"),
        ({"url": "www.example.org"}, "is not a web address that starts with https://"),
        ({"url": "http://[::1"}, "is not a web address"),
        ({"tags": ";".join(f"t{n}" for n in range(21))}, "21 values, at most 20 are allowed"),
        ({"tags": "x" * 101}, 'column "tags": 101 characters, at most 100 are allowed'),
        ({"authors": "x" * 201}, 'column "authors": 201 characters, at most 200 are allowed'),
    ],
)
def test_bad_cells_are_refused_with_row_column_and_reason(refuse, changes, message):
    messages = refuse([resource(**changes)])

    assert len(messages) == 1
    assert message in messages[0]
    assert len(messages[0]) < 200


def test_all_problems_are_reported_and_good_rows_are_not_written(refuse):
    rows = [resource(), resource(id="b", type="x", year="y"), resource(id="c", language="zz")]

    assert [message.split(":")[0] for message in refuse(rows)] == [
        'row 3, column "type"',
        'row 3, column "year"',
        'row 4, column "language"',
    ]


def test_an_id_that_stands_there_twice_is_refused(refuse):
    messages = refuse([resource(), resource(id="r2"), resource(id=" r001 ")])

    assert messages == ['row 4, column "id": "r001" already stands in row 2']


def test_formulas_are_text(run):
    run([resource(title='=HYPERLINK("http://x")', summary="+49 30 1234", authors="@SUM(A1)")])

    item = Resource.objects.get()
    assert item.title == '=HYPERLINK("http://x")'
    assert item.summary == "+49 30 1234"
    assert item.contributors.get().name == "@SUM(A1)"


@pytest.mark.parametrize(
    ("body", "rich"),
    [
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("eins\nzwei", "<p>eins<br/>zwei</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<p>gut</p><script>alert(1)</script>", "<p>gut</p>"),
        ('<p onclick="x()">gut</p><img src=x onerror=y>', "<p>gut</p>"),
        ('<a href="javascript:x()">Link</a>', "<p><a>Link</a></p>"),
        (
            '<a href="https://example.org" target=_blank>Link</a>',
            '<p><a href="https://example.org">Link</a></p>',
        ),
        ("<h2>Kopf</h2><ul><li>eins</li></ul>", "<p><b>Kopf</b></p><ul><li>eins</li></ul>"),
        ("<strong>fett</strong> <em>schräg</em>", "<p><b>fett</b> <i>schräg</i></p>"),
    ],
)
def test_bodies_are_plain_text_or_simple_html(run, body, rich):
    run([resource(body=body)])

    assert Resource.objects.get().body[0].value.source == rich


def test_composed_and_decomposed_letters_are_the_same(run):
    run([resource(title="Gru\u0308n")])

    assert Resource.objects.get().title == "Gr\u00fcn"
    assert counts(run([resource(title="Gr\u00fcn")])) == (0, 0, 1)


def test_an_author_or_publisher_in_the_directory_is_linked(run):
    known = OrganisationFactory(name="Brücke e. V.")
    numbered = OrganisationFactory(name="Anker", import_source="csv", import_id="o7")
    run([resource(publisher="Brücke e. V.;o7;Fremd", authors="Brücke e. V.;Ada")])

    item = Resource.objects.get()
    assert [(row.name, row.organisation) for row in item.publishers.all()] == [
        ("Brücke e. V.", known),
        ("Anker", numbered),
        ("Fremd", None),
    ]
    assert [(row.kind, row.organisation) for row in item.contributors.all()] == [
        (ContributorKind.ORGANISATION, known),
        (ContributorKind.PERSON, None),
    ]


def test_a_name_that_two_organisations_have_is_kept_as_a_name(run):
    OrganisationFactory.create_batch(2, name="Doppelt")
    run([resource(publisher="Doppelt")])

    assert Resource.objects.get().publishers.get().organisation is None


def test_a_change_that_contradicts_another_item_is_refused(run):
    run(resources(2))
    first, second = Resource.objects.order_by("import_id")
    Resource.objects.filter(pk=second.pk).update(
        translation_key=first.translation_key, language=Language.objects.get(code="ar")
    )
    rows = resources(2)
    rows[0]["language"] = "ar"

    with pytest.raises(ImportRefusedError) as caught:
        run(rows)

    assert caught.value.problems[0].row == 2
    assert Resource.objects.get(import_id="r001").language.code == "de"
