"""A version that was sent beside what is online: every field, and what differs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin.compare import TextDiff
from wagtail.admin.panels import Panel
from wagtail.fields import RichTextField
from wagtail.utils.text import text_from_html

from knowledge.admin.organisation_form import ORGANISATION_FORM
from knowledge.admin.resource_form import RESOURCE_FORM
from knowledge.models import CuratedItem, Organisation, Resource
from knowledge.queries.labels import field_label

_FORMS: dict[type[Any], Panel] = {Resource: RESOURCE_FORM, Organisation: ORGANISATION_FORM}
# What only editors decide, and what says nothing about a text.
_NOT_SHOWN = frozenset({"withdrawn_reason", "go_live_at", "expire_at", "change_significance"})


@dataclass(frozen=True)
class FieldRow:
    """One field: its value, or the difference between online and sent, as safe HTML."""

    name: str
    label: str
    html: SafeString
    has_changed: bool


def compare(version: CuratedItem, request: HttpRequest) -> list[FieldRow]:
    """All fields of a version that have a value or have changed, in the order of the form.

    Wagtail's own comparison makes the differences; of an item that was never online everything is new.
    """
    model = type(version)
    online: Any = model._default_manager.filter(pk=version.pk, live=True).first() or model()  # noqa: SLF001
    panel = _FORMS[model].bind_to_model(model)
    bound = panel.get_bound_panel(instance=version, request=request, form=None)
    rows = [_row(model, kind(online, version)) for kind in bound.get_comparison()]
    return [row for row in rows if row is not None]


def _row(model: type[Any], comparison: Any) -> FieldRow | None:
    relation = comparison.is_child_relation
    name = comparison.field.related_name if relation else comparison.field.name
    if name in _NOT_SHOWN:
        return None
    has_changed = bool(comparison.has_changed())
    html = _html(comparison)
    if not has_changed and not html.strip():
        return None
    return FieldRow(name, field_label(model, name), _as_changes(html), has_changed)


def _as_changes(html: str) -> SafeString:
    """Tell programs that read aloud, too, what was added and taken away. The text in it is escaped."""
    return mark_safe(_SPAN.sub(_change, html))  # noqa: S308 - Wagtail's comparison escapes all texts


def _change(match: re.Match[str]) -> str:
    tag = "ins" if match["kind"] == "addition" else "del"
    return f"<{tag}>{match['text']}</{tag}>"


_SPAN = re.compile(r'<span class="(?P<kind>addition|deletion)">(?P<text>[^<]*)</span>')


def _html(comparison: Any) -> str:
    if comparison.is_child_relation:
        old, new = (
            [_told(row) for row in rows.all()] for rows in (comparison.val_a, comparison.val_b)
        )
        parts = [("deletion", text) for text in old if text not in new]
        parts += [("equal" if text in old else "addition", text) for text in new]
        return str(TextDiff(parts, separator="<br>").to_html())
    field = comparison.field
    if isinstance(field, models.BooleanField | models.DateField):
        before, after = _words(comparison.val_a), _words(comparison.val_b)
        if before == after:
            return escape(after)
        return str(TextDiff([("deletion", before), ("addition", after)]).to_html())
    if isinstance(field, models.ForeignKey) and not (comparison.val_a or comparison.val_b):
        return ""  # Wagtail would say "None"
    return str(comparison.htmldiff())


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return ""
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT")


def _told(row: Any) -> str:
    """A row that belongs to the item, such as a file or an author: all it says, in one line."""
    values = []
    for field in row._meta.fields:  # noqa: SLF001 - Django's name
        if field.primary_key or field.name == "sort_order" or isinstance(field, ParentalKey):
            continue
        if field.choices:
            values.append(str(getattr(row, f"get_{field.name}_display")()))
        elif (value := getattr(row, field.name)) not in (None, ""):
            is_rich = isinstance(field, RichTextField)
            values.append(text_from_html(value) if is_rich else str(value))
    return " · ".join(values)
