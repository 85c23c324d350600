"""Other forms of a programme inside its pages: data for search engines, links to calendars and files."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from conference.exports import structured
from conference.queries import earlier_starts

register = template.Library()

# Inside a script element these could end it; in JSON their numbers say the same.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def conference_data(context: template.Context) -> SafeString:
    """The conference for search engines. Context: page, programme."""
    return data_block(structured.conference_data(context["page"], context["programme"]))


@register.simple_tag(takes_context=True)
def session_data(context: template.Context) -> SafeString:
    """The times of a session for search engines. Context: conference, entries, documentation."""
    entries = context["entries"]
    data = structured.session_data(
        context["conference"],
        entries,
        documentation=context["documentation"],
        earlier=earlier_starts(entries),
    )
    return data_block(data)


def data_block(data: dict[str, Any] | None) -> SafeString:
    """A script element that holds data. Browsers do not run it, so the policy needs no exception."""
    if not data:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    block: SafeString = format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - no character that ends the element is left
    )
    return block
