"""Marks in titles and snippets."""

import pytest
from hypothesis import given, settings, strategies as st

from search import highlight
from search.query.build import BuildOptions, build
from search.query.parse import parse
from search.sources.plaintext import html_text

LANGUAGES = ("de", "en")


def wanted(text):
    return highlight.wanted_in(build(parse(text), BuildOptions(LANGUAGES)))


def test_whole_written_forms_are_marked():
    html = highlight.title("Migrant*innen in Köln", "de", wanted("Migrantin koeln"))

    assert html == "<mark>Migrant*innen</mark> in <mark>Köln</mark>"


def test_text_is_escaped_before_it_is_marked():
    html = highlight.title("<b>Köln</b> & <script>", "de", wanted("köln"))

    assert html == "&lt;b&gt;<mark>Köln</mark>&lt;/b&gt; &amp; &lt;script&gt;"


def test_excluded_words_are_not_marked():
    assert "<mark>" not in highlight.title("Köln", "de", wanted("-Köln Bonn"))


def test_the_snippet_is_a_piece_around_the_words():
    text = "Anfang " * 200 + "hier steht die Teilhabe geschrieben " + "Ende " * 200

    html = highlight.snippet([text], "de", wanted("Teilhabe"))

    assert "<mark>Teilhabe</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")
    assert len(html) < highlight.SNIPPET_LENGTH + 40


def test_without_a_match_the_first_text_begins_the_snippet():
    assert highlight.snippet(["", "Ein Text."], "de", wanted("fehlt")) == "Ein Text."


@settings(deadline=None)
@given(st.text(max_size=600), st.text(max_size=30))
def test_removing_the_marks_gives_escaped_text(text, query):
    html = highlight.marked(text, highlight.spans(text, "de", wanted(query)))

    assert html.replace("<mark>", "").replace("</mark>", "") == highlight.escape(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ein<b>s</b></p><p>zwei &amp; drei</p>", "Eins zwei & drei"),
        ("kein Markup", "kein Markup"),
        ("hal\ud800b", "halb"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
    ],
)
def test_rich_text_becomes_plain(html, text):
    assert html_text(html) == text
