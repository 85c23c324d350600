"""The tags of the design system."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from nexsm.base.templatetags import nexsm as tags


def render(source, **context):
    return Template("{% load nexsm %}" + source).render(Context(context))


class Code:
    def __init__(self, code):
        self.code = code


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    labelled = render('{% icon "search" label=label %}', label='Find "it"')
    assert 'role="img"' in labelled
    assert 'aria-label="Find &quot;it&quot;"' in labelled
    assert "aria-hidden" not in labelled


def test_only_icons_that_point_somewhere_are_mirrored():
    assert "icon--directed" in render('{% icon "arrow" %}')
    assert "icon--directed" not in render('{% icon "search" %}')


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("ar", ' lang="ar" dir="rtl"'),
        (Code("kmr"), ' lang="kmr" dir="ltr"'),
        ("de", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_a_text_is_marked_only_where_its_language_differs(language, marks):
    with translation.override("de"):
        assert render("{% language_attrs language %}", language=language) == marks


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a?b=c", "example.org"),
        ("https://münchen.example.org:8080/", "münchen.example.org"),
        ("not an address", ""),
        ("http://[broken", ""),
        (None, ""),
    ],
)
def test_the_host_of_an_address_is_shown_without_www(url, host):
    assert tags.host(url) == host


def test_rich_text_becomes_words_with_gaps_between_paragraphs():
    rich = "<p>Rat &amp; Tat.</p><p>Jeden<br/>Tag.</p>"
    assert tags.plain_text(rich).split() == ["Rat", "&", "Tat.", "Jeden", "Tag."]
    assert render("{{ text|plain_text }}", text="<p>&lt;script&gt;</p>") == "&lt;script&gt;"


def test_long_gendered_compounds_may_break_and_stay_escaped():
    assert tags.breakable("Migrant*innenorganisationen") == "Migrant*innen\u00adorganisationen"
    assert tags.breakable("Migrant*innenselbstorganisation").count("\u00ad") == 1
    assert tags.breakable("Migrant*innen und mehr") == "Migrant*innen und mehr"
    assert "<b>" not in render("{{ text|breakable }}", text="<b>*innengruppe</b>")


def test_pages_around_the_current_one_are_listed_with_gaps():
    page = Paginator(range(400), 20).page(10)
    assert [str(number) for number in tags.elided_pages(page)] == [
        *("1", "…", "9", "10", "11", "…", "20"),
    ]


def options(number, selected=()):
    return [
        {"value": str(i), "label": str(i), "count": 1, "selected": i in selected}
        for i in range(number)
    ]


def test_long_tails_are_cut_but_what_is_selected_stays():
    group = {"name": "tag", "options": options(80, selected={70})}
    shown = [option["value"] for option in tags.leading_options(group)]
    assert shown[:12] == [str(i) for i in range(12)]
    assert shown[12:] == ["70"]


def test_vocabularies_are_shown_whole():
    assert len(tags.leading_options({"name": "region", "options": options(44)})) == 44


def test_options_may_be_mappings_or_objects():
    class Option:
        selected = True

    assert tags.any_selected([Option()])
    assert tags.any_selected(options(2, selected={1}))
    assert not tags.any_selected(options(2))
    assert not tags.any_selected(None)
