"""What stands at an address somebody pasted."""

import json

import pytest

from knowledge.services.metadata import reading
from knowledge.services.metadata.reading import NoAnswerError, doi_of, read_link
from nexsm.base.fetching import Fetched, FetchFailedError, FetchRefusedError
from tests.knowledge.metadata import samples

HTML, PDF, CSL = (
    "text/html; charset=utf-8",
    "application/pdf",
    "application/vnd.citationstyles.csl+json",
)


@pytest.fixture
def web(monkeypatch):
    """The internet of the test: address → (type, body, status); what was asked."""
    pages, asked = {}, []

    def fetch(url, *, accept="", max_bytes=0, deadline=0):
        asked.append((url, accept))
        content_type, body, status = pages[url]
        if isinstance(body, Exception):
            raise body
        return Fetched(url, status, content_type, body[:max_bytes], len(body) > max_bytes)

    monkeypatch.setattr(reading, "fetch", fetch)
    fetch.pages, fetch.asked = pages, asked
    return fetch


def test_a_web_page(web):
    web.pages["https://example.org/"] = HTML, samples.page(title="Titel"), 200

    assert [facts.title for facts in read_link("https://example.org/")] == ["Titel"]


def test_a_link_to_a_pdf_reads_the_pdf_even_if_it_is_long(web):
    content = samples.pdf(title="Leitfaden") + b"%" * 2_000_000
    web.pages["https://example.org/a.pdf"] = PDF, content, 200

    assert read_link("https://example.org/a.pdf")[0].title == "Leitfaden"
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    "link", ["10.1234/a(b)", "doi:10.1234/a(b)", "https://doi.org/10.1234/a(b)"]
)
def test_a_doi_is_looked_up_in_the_register(web, link):
    answer = json.dumps({"title": "Titel", "type": "book"}).encode()
    web.pages["https://doi.org/10.1234/a(b)"] = CSL, answer, 200

    assert read_link(link)[0].title == "Titel"
    assert web.asked[0][1] == CSL


def test_a_doi_cannot_lead_elsewhere(web):
    web.pages["https://doi.org/10.1234/x%3F%23@evil.example"] = CSL, b"{}", 200
    web.pages["https://doi.org/10.1234/x%3F%23%40evil.example"] = CSL, b"{}", 200

    read_link("10.1234/x?#@evil.example")

    assert web.asked[0][0].startswith("https://doi.org/10.1234/x%3F%23")


@pytest.mark.parametrize(
    "answer",
    [
        (HTML, b"", 404),
        (HTML, b"", 503),
        ("", FetchRefusedError("private"), 0),
        ("", FetchFailedError("gone", "timeout"), 0),
    ],
)
def test_no_answer_is_told(web, answer):
    web.pages["https://example.org/"] = answer

    with pytest.raises(NoAnswerError):
        read_link("https://example.org/")


def test_other_content_says_nothing(web):
    web.pages["https://example.org/a.zip"] = "application/zip", b"PK", 200

    assert read_link("https://example.org/a.zip") == []


@pytest.mark.parametrize("link", ["https://example.org/10.1234/abc", "10.1/x", "", "10.1234/"])
def test_no_doi(link):
    assert doi_of(link) == ""
