"""PDF files and cover pictures that are made while loading."""

import dataclasses
import io

import pypdfium2
import pytest
from PIL import Image

from nexsm.demo import content, pdf
from nexsm.demo.covers import SIZE, make_cover

WITH_PDF = [item for item in content.resources() if item.pdf]
AUTHORS = ["Amina Beispiel", "Beispielverein"]


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return len(document), " ".join(text.split())


@pytest.mark.parametrize("item", WITH_PDF, ids=lambda item: item.id)
def test_a_pdf_can_be_read(item):
    pages, text = text_of(pdf.make_pdf(item, authors=AUTHORS))
    assert pages == 14 if item.id in content.workbook() else 1 <= pages <= 3
    assert item.title in text
    assert item.summary in text
    assert text.startswith("Beispiel")
    assert "Amina Beispiel" in text


def test_a_pdf_is_the_same_every_time():
    first, second = (pdf.make_pdf(WITH_PDF[0], authors=AUTHORS) for _ in range(2))
    assert first == second


def test_typographic_signs_survive():
    item = dataclasses.replace(WITH_PDF[0], summary="„Migrant*innen“ – so heißt’s: größer …")
    assert item.summary in text_of(pdf.make_pdf(item, authors=AUTHORS))[1]


def test_other_scripts_are_refused_and_not_printed_as_question_marks():
    item = dataclasses.replace(WITH_PDF[0], title="Порадник")
    with pytest.raises(UnicodeEncodeError):
        pdf.make_pdf(item, authors=AUTHORS)


def test_only_languages_whose_letters_can_be_printed_have_a_pdf():
    assert {item.language for item in WITH_PDF} == set(pdf.LANGUAGES)


def test_covers_are_small_pictures_and_the_same_every_time():
    first, second, other = make_cover("r-a"), make_cover("r-a"), make_cover("r-b")
    assert first == second != other
    assert Image.open(io.BytesIO(first)).size == SIZE
    assert len(first) < 60_000


def test_every_cover_has_words():
    covered = [item for item in content.resources() if item.cover]
    assert len(covered) >= 8
    assert {item.cover.split()[0] for item in covered} == {"Abstraktes", "Abstract"}


def test_the_word_of_page_12_stands_nowhere_else():
    item = next(item for item in WITH_PDF if item.id in content.workbook())
    document = pypdfium2.PdfDocument(pdf.make_pdf(item, authors=AUTHORS))
    texts = [page.get_textpage().get_text_range() for page in document]

    assert [number for number, text in enumerate(texts, 1) if "Belegmappe" in text] == [12]
    assert all("Beispiel – dieses Dokument ist erfunden." in text for text in texts)
    elsewhere = [path for path in content.DATA.glob("*.json") if path.name != "workbook.de.json"]
    assert not any("Belegmappe" in path.read_text(encoding="utf-8") for path in elsewhere)
