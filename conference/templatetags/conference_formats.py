"""Other forms of a programme inside its pages: data for search engines, links to calendars and files."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from conference.exports import structured
from conference.exports.embedding import frame_code, frame_title
from conference.queries import ProgrammeFilter, absolute, earlier_starts
from nexsm.base.page_links import localised_url

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


@register.inclusion_tag("conference/programme_links.html", takes_context=True)
def programme_links(context: template.Context) -> dict[str, Any]:
    """Calendars, changes, files and the code for other sites. Context: page, request, programme, is_over."""
    page, programme = context["page"], context["programme"]
    url = localised_url(page)
    query = ProgrammeFilter.from_query(context["request"].GET).querystring
    calendar = f"{url}programm.ics{'?' if query else ''}{query}"
    _scheme, _separator, place = absolute(calendar).partition("://")
    return {
        "page_url": url,
        "calendar_url": calendar,
        "webcal_url": f"webcal://{place}",
        "is_part": bool(query),
        # Nothing changes any more, so there is nothing to subscribe to.
        "is_over": context.get("is_over", False),
        "days": [day.date for day in programme.days if day.date],
        "has_schedule": bool(page.date_start) or any(day.date for day in programme.days),
        "frame_code": frame_code(absolute(url), frame_title(page)),
    }


@register.inclusion_tag("conference/programme_head_links.html", takes_context=True)
def programme_head_links(context: template.Context) -> dict[str, Any]:
    """Links in the head by which programs find calendar, feed and frame. Context: page."""
    page = context["page"]
    url = localised_url(page)
    query = urlencode({"url": absolute(url), "format": "json"})
    return {"page": page, "page_url": url, "oembed_url": f"{absolute(reverse('oembed'))}?{query}"}


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
