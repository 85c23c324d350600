"""The components of the design system, rendered."""

import re

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

CSS = settings.BASE_DIR / "platform/nexsm/base/static/nexsm/css/base.css"
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST = 3.0  # WCAG 2.2, 1.4.11


class SampleForm(forms.Form):
    """Fields of different kinds."""

    email = forms.EmailField(label="E-Mail", help_text="name@example.org")
    subject = forms.CharField(label="Betreff", required=False)
    kind = forms.ChoiceField(
        label="Art", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    trap = forms.CharField(
        label="Frei lassen", required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )


def component(name, path="/de/material/?type=guide&page=3", **context):
    return render_to_string(f"components/{name}.html", context, RequestFactory().get(path))


def test_the_error_summary_leads_to_every_wrong_field_and_keeps_input():
    html = component("form", form=SampleForm({"email": "x", "subject": "Hallo"}))
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert len(targets) == 2
    for target in targets:
        assert f'id="{target}"' in html
    assert 'value="x"' in html
    assert 'value="Hallo"' in html


def test_hint_and_error_are_tied_to_the_field():
    html = component("form", form=SampleForm({"email": "x"}))
    described = re.search(r'name="email"[^>]*aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_email_helptext", "id_email_error"]
    for target in described:
        assert f'id="{target}"' in html
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so_and_traps_stand_outside_the_view():
    html = component("form", form=SampleForm())
    assert "field__optional" in html
    assert "field--trap" in html
    assert "error-summary" not in html


def test_pages_keep_the_query():
    html = component("pagination", page_obj=Paginator(range(400), 20).page(3))
    assert 'rel="prev" href="?type=guide&amp;page=2"' in html
    assert 'rel="next" href="?type=guide&amp;page=4"' in html
    assert html.count('aria-current="page"') == 1


def test_a_single_page_needs_no_pages():
    assert component("pagination", page_obj=Paginator([1], 20).page(1)).strip() == ""


def test_filters_are_a_form_with_counts_and_fold_the_rest():
    options = [
        {"value": f"v{i}", "label": f"L{i}", "count": i, "selected": i == 7} for i in range(8)
    ]
    group = {"name": "type", "label": "Art", "kind": "checkbox", "options": options}
    html = component("filters", filters=[group], sort="title", q="a&b")
    assert 'method="get"' in html
    assert html.count('type="checkbox"') == 8
    assert html.count(" checked") == 1
    assert '<details class="filters__more" open>' in html
    assert 'name="sort" value="title"' in html
    assert 'name="q" value="a&amp;b"' in html
    assert 'type="submit"' in html


def test_a_missing_legal_detail_is_visible():
    assert 'class="missing"' in component("legal_value", value="", label="street")
    assert 'class="missing"' in component("legal_value", value="[Street]", label="street")
    assert "missing" not in component("legal_value", value="Ufer 1", label="street")


def test_files_name_type_size_and_language():
    language = {"code": "ar", "label": "Arabisch"}
    html = component(
        "file_list",
        files=[
            {"url": "/f", "label": "دليل", "kind": "PDF", "size": 943_200, "language": language}
        ],
    )
    assert "PDF" in html
    assert "KB" in html
    assert "Arabisch" in html
    assert 'lang="ar" dir="rtl"' in html


def test_a_file_without_facts_still_has_a_name():
    html = component("file_list", files=[{"url": "/f"}])
    assert re.search(r"<span>\w+</span>", html)


# ------------------------------------------------------------------------------------- colours


def _colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _schemes():
    light, dark = re.findall(r":root \{(.*?)\}", CSS.read_text(), re.DOTALL)
    return {"light": _colours(light), "dark": {**_colours(light), **_colours(dark)}}


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAPERS = ("paper", "paper-raised", "paper-deep")
TEXTS = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "brick", "petrol") for paper in PAPERS],
    *[("ink", "mark"), ("ink", "brick-tint"), ("ink", "petrol-tint"), ("ink-soft", "petrol-tint")],
    *[("brick-deep", "brick-tint"), ("petrol-deep", "petrol-tint"), ("petrol", "brick-tint")],
    *[("on-accent", "brick"), ("on-accent", "brick-deep"), ("error", "paper"), ("paper", "ink")],
    *[("band-ink", "band"), ("band-soft", "band"), ("band-accent", "band")],
]
PARTS = [
    *[("line-strong", paper) for paper in PAPERS],
    *[("brick", ground) for ground in (*PAPERS, "petrol-tint", "brick-tint")],
    ("band-accent", "band"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_controls_have_enough_contrast(scheme):
    colours = _schemes()[scheme]
    weak = [pair for pair in TEXTS if _contrast(*(colours[name] for name in pair)) < TEXT_CONTRAST]
    weak += [pair for pair in PARTS if _contrast(*(colours[name] for name in pair)) < PART_CONTRAST]
    assert weak == []
