"""What a web page says about what it shows."""

import pytest

from knowledge.services.metadata import pages
from knowledge.services.metadata.facts import Party
from knowledge.services.metadata.reading import read_page
from tests.knowledge.metadata import samples

HIGHWIRE = (
    ("citation_title", "Vereine gründen"),
    ("citation_author", "Kaya, Ayşe"),
    ("citation_author", "Miteinander e.V., Berlin"),
    ("citation_publication_date", "2023/05/01"),
    ("citation_language", "de"),
    ("citation_doi", "doi:10.1234/ABC"),
    ("citation_publisher", "Miteinander"),
    ("citation_technical_report_institution", "Miteinander"),
)


def read(*tags, **options):
    return pages.read(samples.page(*tags, **options))


def test_highwire():
    found = read(*HIGHWIRE)

    assert found.title == "Vereine gründen"
    assert found.authors == (
        Party("Kaya, Ayşe"),
        Party("Miteinander e.V., Berlin", "organisation"),
    )
    assert (found.year, found.language, found.doi) == (2023, "de", "10.1234/ABC")
    assert found.publisher == "Miteinander"
    assert found.kinds == (("zotero", "report"),)


def test_dublin_core_in_any_letter_case():
    found = read(
        ("DC.title", "Titel"),
        ("dcterms.creator", "Amina Haddad; Netzwerk Wir"),
        ("DCTERMS.issued", "2020-01-31"),
        ("DC.language", "ger"),
        ("DC.rights", "https://creativecommons.org/licenses/by/4.0/"),
        ("DCTERMS.abstract", "Kurz gesagt."),
    )

    assert found.title == "Titel"
    assert found.authors == (Party("Amina Haddad"), Party("Netzwerk Wir", "organisation"))
    assert (found.year, found.language) == (2020, "ger")
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert found.abstract == "Kurz gesagt."


def test_open_graph_and_the_head_come_last():
    tags = (("og:description", "Kurz."), ("og:site_name", "Miteinander e.V."))
    found = read(*tags, title="Vereine gründen – Miteinander e.V.", lang="de-AT")

    assert found.title == "Vereine gründen"
    assert found.abstract == "Kurz."
    assert found.language == "de-AT"
    assert found.authors == ()


AMB = {
    "@context": ["https://w3id.org/kim/amb/context.jsonld", {"@language": "de"}],
    "id": "https://example.org/kurs",
    "type": ["LearningResource", "Course"],
    "name": "Ehrenamt verstehen",
    "creator": [
        {"type": "Person", "name": "Ayşe Kaya"},
        {"type": "Organization", "name": "Miteinander"},
    ],
    "publisher": [{"type": "Organization", "name": "Miteinander"}],
    "description": "Ein Kurs.",
    "inLanguage": ["de", "tr"],
    "license": {"id": "https://creativecommons.org/licenses/by-sa/4.0/"},
    "datePublished": "2022-03-01",
    "learningResourceType": [{"id": "https://w3id.org/kim/hcrt/course"}],
}


def test_amb():
    found = read(json_ld=AMB)

    assert found.title == "Ehrenamt verstehen"
    assert found.authors == (Party("Ayşe Kaya", "person"), Party("Miteinander", "organisation"))
    assert (found.publisher, found.abstract) == ("Miteinander", "Ein Kurs.")
    assert (found.language, found.year) == ("de", 2022)
    assert found.licence == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert found.kinds == (("schema_org", "Course"), ("hcrt", "course"))


def test_the_work_is_found_in_a_graph_beside_the_site():
    graph = [
        {"@type": "WebSite", "name": "Miteinander"},
        {"@type": "WebPage", "name": "Seite"},
        {"@type": "Person", "@id": "#kaya", "name": "Ayşe Kaya"},
        {
            "@type": "Report",
            "headline": {"@value": "Bericht 2021", "@language": "de"},
            "author": {"@id": "#kaya"},
            "identifier": {"@type": "PropertyValue", "value": "https://doi.org/10.1234/x"},
        },
    ]
    found = read(json_ld={"@context": "https://schema.org", "@graph": graph})

    assert found.title == "Bericht 2021"
    assert found.authors == (Party("Ayşe Kaya", "person"),)
    assert found.doi == "10.1234/x"


def test_a_page_about_an_organisation_names_no_work():
    found = read(json_ld=[{"@type": "Organization", "name": "Miteinander"}], title="Über uns")

    assert found.title == "Über uns"
    assert (found.authors, found.kinds) == ((), ())


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        7,
        None,
        "text",
        {"@type": 7, "name": ["x"]},
        {"@type": "Book", "name": {"a": 1}, "author": [[["x"]], 7, None, {"name": 3}]},
        {"@type": ["Book", None], "license": [{}], "inLanguage": {"name": 1}, "datePublished": []},
        {"@graph": {"@graph": {"@graph": [1, [2]]}}},
    ],
)
def test_json_of_any_shape_is_survived(data):
    assert read(json_ld=data, title="Titel").title in {"Titel", "x"}


def test_html_bidi_and_nul_in_values_become_plain_text():
    title = "&lt;img src=x onerror=alert(1)&gt;Gut\u202egro.elpmaxe\0 &amp;amp; mehr"
    found = read(("citation_title", title), ("citation_author", "https://werbung.example"))

    assert found.title == "Gutgro.elpmaxe & mehr"
    assert found.authors == ()


def test_long_values_are_cut_at_a_word():
    found = read(("og:title", "Wort " * 500), ("description", "Satz. " * 5000))

    assert len(found.title) <= 300
    assert found.title.endswith("Wort…")
    assert len(found.abstract) <= 2000


def test_no_more_authors_than_sensible():
    found = read(*[("citation_author", f"Name {number}") for number in range(500)])

    assert len(found.authors) == 50


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("<title>Gründen</title>".encode("cp1252"), ""),
        ("<title>Gründen</title>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("<title>Gründen</title>".encode("utf-16"), "text/html; charset=utf-8"),
        ('<meta charset="utf-8"><title>Gründen</title>'.encode(), "text/html"),
        ("<title>Gründen</title>".encode(), "text/html; charset=no-such-thing"),
        ("<title>Gründen</title>".encode(), "text/html; charset=hex"),
    ],
)
def test_charsets(content, header):
    assert pages.read(content, header).title == "Gründen"


@pytest.mark.parametrize(
    "content",
    [
        b"<!--" * 250_000,
        b'<script type="application/ld+json">' + b"[" * 500_000,
        b'<script type="application/ld+json">' + b'{"a":' * 100_000,
        b"<title>" + b"&" * 900_000,
        b"<meta name=citation_author content=x>" * 30_000,
        bytes(range(256)) * 4_000,
        b'<meta charset="idna"><title>' + b"a" * 900_000,
    ],
    ids=["comments", "lists", "objects", "ands", "metas", "bytes", "idna"],
)
def test_a_hostile_page_ends_in_time_and_says_nothing_dangerous(content):
    found = read_page(content, "text/html")

    assert len(found) <= 1
    assert all(len(facts.title) <= 300 and len(facts.authors) <= 50 for facts in found)
