"""What a PDF says about itself."""

import io

import pytest

from knowledge.services.metadata.facts import Party, Source
from knowledge.services.metadata.reading import read_pdf
from tests.knowledge.metadata import samples
from tests.search.files.samples import pdf_bomb


def read(content):
    return read_pdf(io.BytesIO(content))


def test_properties_of_the_file_are_read_with_their_source():
    properties, _printed = read(
        samples.pdf(
            title="Vereine gründen",
            author="Ayşe Kaya; Miteinander e.V.",
            subject="Schritt für Schritt.",
            language="de-DE",
        )
    )

    assert properties.source == Source.FILE
    assert properties.title == "Vereine gründen"
    assert properties.authors == (Party("Ayşe Kaya"), Party("Miteinander e.V.", "organisation"))
    assert properties.abstract == "Schritt für Schritt."
    assert properties.language == "de-DE"


def test_xmp_counts_before_the_older_properties():
    packet = samples.xmp(title="Aus XMP", creators=["Kaya, Ayşe", "Amina Haddad"])
    properties, _printed = read(samples.pdf(title="Alt", subject="Rest", packet=packet))

    assert properties.title == "Aus XMP"
    assert [one.name for one in properties.authors] == ["Kaya, Ayşe", "Amina Haddad"]
    assert properties.language == "ar"
    assert properties.licence == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert properties.abstract == "Rest"


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - Entwurf_final3.docx", "Unbenannt-1", "flyer.indd", "Präsentation.pptx"],
)
def test_a_title_that_a_program_wrote_is_none(title):
    properties, _printed = read(samples.pdf(title=title.replace("-1", "1")))

    assert properties.title == ""


def test_one_doi_and_one_licence_on_the_pages_are_found():
    text = "DOI: 10.1234/abc.5. Lizenz: https://creativecommons.org/licenses/by/4.0/deed.de"
    _properties, printed = read(samples.pdf(text))

    assert printed.source == Source.FILE_TEXT
    assert printed.doi == "10.1234/abc.5"
    assert printed.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_several_dois_are_those_of_others():
    _properties, printed = read(samples.pdf("doi:10.1234/a und https://doi.org/10.1234/b"))

    assert printed.doi == ""


def test_a_picture_inside_does_not_speak_for_the_file():
    of_a_picture = samples.xmp(title="Foto 17").replace("http://ns.adobe.com/pdf/1.3/", "urn:x")
    properties, _printed = read(samples.pdf(title="Leitfaden", packet=of_a_picture))

    assert properties.title == "Leitfaden"


def test_hostile_properties_become_harmless_text():
    title = "Gut\x00\u202ecod.exe <script>alert(1)</script>" + "x" * 5000
    properties, _printed = read(samples.pdf(title=title))

    assert properties.title.startswith("Gut")
    assert len(properties.title) <= 300
    assert not {"\0", "\u202e", "<"} & set(properties.title)


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "packet",
    [
        "<x:xmpmeta kaputt http://ns.adobe.com/pdf/1.3/ </x:xmpmeta>",
        samples.xmp(title="&a;").replace("<x:xmpmeta", ENTITY + "<x:xmpmeta"),
        "<x:xmpmeta" * 1000,
    ],
    ids=["broken", "entity", "endless"],
)
def test_a_broken_packet_leaves_the_older_properties(packet):
    properties, _printed = read(samples.pdf(title="Leitfaden", packet=packet))

    assert properties.title == "Leitfaden"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n" + b"\0" * 1000,
        samples.pdf(password="geheim"),
        samples.pdf()[:300],
        b"not a pdf",
    ],
    ids=["empty", "zeros", "encrypted", "truncated", "text"],
)
def test_a_file_that_cannot_be_read_says_nothing(content):
    assert read(content) == []


def test_a_bomb_of_memory_says_nothing_of_its_pages():
    found = read(pdf_bomb(400 * 1024 * 1024))

    assert [facts.title for facts in found] in ([], ["", ""])
