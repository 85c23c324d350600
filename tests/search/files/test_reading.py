"""What is read from each kind of file, and on which page it stands."""

import io

import pytest

from search.files import child
from search.files.extraction import understood
from search.files.limits import Limits
from search.files.outcome import Outcome
from tests.search.files import samples


def read(content):
    """What the child would make of it, without the child."""
    out = io.StringIO()
    child.run(io.BytesIO(content), out, Limits())
    return understood(out.getvalue().encode(), 0)


def test_a_pdf_is_read_page_by_page():
    found = read(samples.pdf(["Erste Seite", "", "Dritte Seite: Köln, „Straße“"]))

    assert found.outcome == Outcome.READ
    assert found.pages == ("Erste Seite", "", "Dritte Seite: Köln, „Straße“")
    assert found.is_numbered
    assert not found.is_cut


def test_words_that_a_pdf_breaks_at_the_end_of_a_line_are_whole_again():
    text = "Die Migran-\nten und die Migranten-\nund Frauenvereine in NRW-\nStädten"

    (page,) = read(samples.pdf([text])).pages

    assert page.replace("\u00ad", "").replace("\n", " ") == (
        "Die Migranten und die Migranten- und Frauenvereine in NRW-Städten"
    )


def test_a_pdf_without_text_is_empty():
    assert read(samples.pdf(["", ""])).outcome == Outcome.EMPTY


def test_word_tells_where_it_drew_the_pages():
    drawn = "<w:p><w:r><w:br w:type='page'/><w:lastRenderedPageBreak/><w:t>Zwei</w:t></w:r></w:p>"
    later = "<w:p><w:r><w:t>ganz</w:t><w:lastRenderedPageBreak/><w:t>drei</w:t></w:r></w:p>"

    found = read(samples.docx(samples.runs("Eins") + drawn + later))

    assert found.pages == ("Eins", "Zwei\nganz", "drei")
    assert found.is_numbered


def test_breaks_an_author_has_set_count_where_word_drew_none():
    page_break = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"

    found = read(samples.docx(samples.runs("Eins") + page_break + samples.runs("Zwei")))

    assert found.pages == ("Eins", "Zwei")
    assert found.is_numbered


def test_page_numbers_are_not_told_where_breaks_are_missing():
    page_break = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
    long = samples.runs(*["Viele Wörter stehen hier."] * 2_000)

    found = read(samples.docx(long + page_break + samples.runs("Ende")))

    assert not found.is_numbered
    assert len(found.pages) > 5
    assert " ".join(found.pages).count("Viele Wörter stehen hier.") == 2_000


def test_word_text_keeps_signs_and_leaves_out_what_is_not_shown():
    body = (
        "<w:p><w:r><w:t>Selbst</w:t><w:softHyphen/><w:t>organisation</w:t><w:tab/><w:t>a</w:t>"
        "<w:br/><w:t>b</w:t></w:r><w:del><w:r><w:delText>gelöscht</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGEREF</w:instrText></w:r></w:p>"
        "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    )

    found = read(samples.docx(body))

    assert found.pages == ("Selbst\u00adorganisation\ta\nb\nKasten",)
    assert not found.is_numbered


def test_slides_come_in_the_order_they_are_shown():
    found = read(samples.pptx(["Erste", "Zweite", "Dritte"]))

    assert found.pages == ("Erste", "Zweite", "Dritte")
    assert found.is_numbered


def test_an_open_document_has_drawn_and_set_breaks():
    body = (
        "<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
        '<text:p text:style-name="new">Eins<text:s text:c="2"/>und<text:tab/>mehr</text:p>'
        "<text:p>noch<text:soft-page-break/>zwei<office:annotation><text:p>Notiz</text:p>"
        "</office:annotation></text:p>"
        '<text:h text:style-name="new">Drei<text:line-break/>Ende</text:h>'
    )

    found = read(samples.odt(body))

    assert found.pages == ("Eins  und\tmehr\nnoch", "zwei", "Drei\nEnde")
    assert found.is_numbered


def test_open_slides_have_pages_and_no_notes():
    found = read(samples.odp(["Eins", "Zwei"]))

    assert found.pages == ("Eins", "Zwei")
    assert found.is_numbered


def test_web_pages_are_read_without_scripts():
    page = (
        "<!DOCTYPE html><meta charset=iso-8859-1><title>Titel</title><style>p{}</style>"
        "<p>K&ouml;ln <b>f&uuml;r</b> Anf\xe4nger<script>alert(1)</script><br>neue Zeile</p>"
    ).encode("latin-1")

    (text,) = read(page).pages

    assert [line for line in text.splitlines() if line] == [
        "Titel",
        "Köln für Anfänger",
        "neue Zeile",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_the_encodings_people_have(encoding):
    text = "Größe: 5 €\r\n„Verein“ – Übung"

    found = read(text.encode(encoding))

    assert found.pages == ("Größe: 5 €\n„Verein“ – Übung",)
    assert not found.is_numbered


def test_utf_16_of_the_other_byte_order_is_read():
    assert read(b"\xfe\xff" + "Grüße".encode("utf-16-be")).pages == ("Grüße",)


def test_control_characters_and_half_characters_are_left_out():
    content = b"<html>eins&#0;&#11;&#xd800;&#xfffe;z\xc2\x85wei</html>"

    (text,) = read(content).pages

    assert not set(text) & set("\0\x0b\ud800\ufffe\x85")


def test_content_counts_and_not_the_name():
    assert read(samples.PNG).outcome == Outcome.UNSUPPORTED
    assert read(samples.OLD_WORD).outcome == Outcome.UNSUPPORTED
    assert read(samples.archive({"a.txt": "Text"})).outcome == Outcome.UNSUPPORTED
    assert read(b"").outcome == Outcome.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(["geheim"], password="x"),
        samples.OLE_ENCRYPTED,
        samples.odt_encrypted(),
    ],
    ids=["pdf", "office", "odt"],
)
def test_files_with_a_password_say_so(content):
    found = read(content)

    assert found.outcome == Outcome.ENCRYPTED
    assert found.pages == ()


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(["Text"])[:200],
        samples.docx(samples.runs("Text"))[:-60],
        samples.docx("<w:p><w:r>"),
        samples.archive({"ppt/presentation.xml": "<p/>"}),
        samples.archive({}, mimetype="application/vnd.oasis.opendocument.text"),
    ],
    ids=["pdf", "zip", "xml", "no slides", "no content"],
)
def test_damaged_files_are_told_from_others(content):
    found = read(content)

    assert found.outcome == Outcome.DAMAGED
    assert found.pages == ()


def test_entities_are_never_read():
    entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    content = samples.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": entity})

    found = read(content)

    assert found.outcome == Outcome.DAMAGED
    assert found.pages == ()
