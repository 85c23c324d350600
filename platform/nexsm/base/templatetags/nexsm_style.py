"""Invented samples for the internal style page: every component gets something to show."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

COLOURS = (
    "paper paper-raised paper-deep ink ink-soft line line-strong brick brick-tint petrol "
    "petrol-tint ochre band mark error success"
)


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Name", max_length=100)
    email = forms.EmailField(label="E-Mail", help_text="Zum Beispiel: name@example.org")
    subject = forms.CharField(label="Betreff", required=False)
    locked = forms.CharField(label="Gesperrt", required=False, disabled=True, initial="fest")
    kind = forms.ChoiceField(
        label="Worum geht es?",
        choices=[("question", "Frage"), ("idea", "Idee")],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label="Sprachen",
        choices=[("de", "Deutsch"), ("ar", "Arabisch")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Mehrere sind möglich.",
    )
    country = forms.ChoiceField(label="Land", choices=[("", "–"), ("DE", "Deutschland")])
    file = forms.FileField(label="Datei", required=False)
    message = forms.CharField(label="Nachricht", widget=forms.Textarea(attrs={"rows": 4}))
    consent = forms.BooleanField(label="Ich bin einverstanden.")


@register.simple_tag
def style_samples() -> dict[str, Any]:
    """Return sample objects with the fields that the components read."""
    german = _language("de", "Deutsch", "Deutsch")
    arabic = _language("ar", "Arabisch", "العربية")
    return {
        "colours": COLOURS.split(),
        "resources": [
            _resource("Einen Verein gründen: Schritt für Schritt", german, "Leitfaden"),
            _resource("دليل تأسيس الجمعيات للمبتدئين", arabic, "Leitfaden"),
        ],
        "organisation": _organisation(german),
        "conference": _conference(),
        "files": [
            {
                "url": "#",
                "label": "Leitfaden",
                "kind": "PDF",
                "size": 1_843_200,
                "language": german,
            },
            {"url": "#", "label": "دليل", "kind": "PDF", "size": 943_200, "language": arabic},
        ],
        "hit": _hit(),
        "filters": _filters(),
        "active_filters": [
            {"label": "Leitfaden", "remove_url": "#"},
            {"label": "Arabisch", "remove_url": "#"},
        ],
        "page_obj": Paginator(range(400), 20).page(7),
        "topics": [
            {"label": "Vereinsrecht & Gründung", "code": "association-law", "resource_count": 6},
            {"label": "Digitale Teilhabe", "code": "digital-participation", "resource_count": 14},
        ],
        "form": SampleForm(prefix="empty"),
        "form_with_errors": SampleForm({"wrong-email": "x"}, prefix="wrong"),
        "rows": [
            {"label": "Ort", "value": "Berlin"},
            {"label": "Website", "value": "example.org", "url": "https://www.example.org/"},
        ],
        "ways": [{"title": "Themen durchsehen", "url": "#"}, {"title": "Schreibt uns", "url": "#"}],
        "german": german,
        "arabic": arabic,
        "today": dt.date(2024, 6, 4),
        "tomorrow": dt.date(2024, 6, 5),
    }


def _language(code: str, label: str, autonym: str) -> SimpleNamespace:
    return SimpleNamespace(code=code, label=label, autonym=autonym)


def _resource(title: str, language: SimpleNamespace, kind: str) -> SimpleNamespace:
    publisher = {"public_name": "Beispielverein Nord"}
    return SimpleNamespace(
        title=title,
        summary="Was in die Satzung gehört und was das Registergericht prüft."
        if language.code == "de"
        else "شرح مبسط لخطوات تأسيس جمعية في ألمانيا.",
        type={"label": kind},
        language=language,
        year=2024,
        is_example=True,
        easy_language="",
        publishers={"all": [publisher]},
        get_absolute_url="#",
    )


def _organisation(language: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(
        name="Beispielverein Nord – Begegnung und Beratung e. V.",
        get_kind_display="Organisation",
        is_example=True,
        description="<p>Beratung in sieben Sprachen, Lernhilfe und ein offener Treff.</p>",
        language=language,
        location_lines=["20095 Hamburg"],
        get_absolute_url="#",
    )


def _conference() -> SimpleNamespace:
    return SimpleNamespace(
        title="Beispieltagung: Netze knüpfen",
        subtitle="Wie Vereine und Online-Communitys voneinander lernen",
        date_start=dt.date(2024, 6, 4),
        date_end=dt.date(2024, 6, 5),
        venue="Bern",
        hashtag="#Beispiel",
        url="#",
        locale={"language_code": "de"},
    )


def _hit() -> dict[str, Any]:
    mark = format_html("<mark>{}</mark>", "Verein")
    return {
        "kind": "resource",
        "type_label": "Leitfaden",
        "title_html": format_html("Einen {} gründen", mark),
        "snippet_html": format_html("… so wird aus einer Gruppe ein {} mit Satzung …", mark),
        "url": "#",
        "language": "de",
        "language_dir": "ltr",
        "language_label": "Deutsch",
        "date": "2024",
        "is_example": True,
    }


def _filters() -> list[dict[str, Any]]:
    names = ("Leitfaden", "Studie", "Bericht", "Video", "Podcast", "Kurs", "Broschüre", "Datensatz")
    boxes = [
        {"value": name, "label": name, "count": 20 - 2 * number, "selected": number == 0}
        for number, name in enumerate(names)
    ]
    countries = [
        {"value": "DE", "label": "Deutschland", "count": 30, "selected": False},
        {"value": "AT", "label": "Österreich", "count": 3, "selected": True},
    ]
    return [
        {"name": "type", "label": _("Type"), "kind": "checkbox", "options": boxes},
        {"name": "region", "label": _("Region"), "kind": "select", "options": countries},
        {"name": "year", "label": _("Year"), "kind": "year", "options": [], "value_from": 2020},
    ]
