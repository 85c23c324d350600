"""Template tags and filters of the design system: icons, text direction, small readings of values."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from nexsm.base.file_notes import file_notes
from nexsm.base.languages import direction
from nexsm.base.mail import texts
from nexsm.base.media.space import spaces_of

register = template.Library()

_LONG_COMPOUND = re.compile(r"(?:[*:_]innen|(?<=[a-zäöüß])Innen)(?:selbst)?(?=\w{4,})")

_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|ul|ol)>|<br\s*/?>", re.IGNORECASE)

# Filters without a fixed vocabulary, and how many options of a filter a page carries (its weight).
_OPEN_ENDED_FILTERS = frozenset({"tag", "publisher"})
_OPEN_ENDED_LIMIT = 12
_VOCABULARY_LIMIT = 60

# Icons that point along the reading direction; CSS mirrors them in right-to-left pages.
_DIRECTED_ICONS = frozenset({"arrow", "back", "external"})


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon of the SVG sprite, hidden from screen readers unless it has a label."""
    css_class = "icon icon--directed" if name in _DIRECTED_ICONS else "icon"
    href = f"{static('nexsm/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            css_class,
            label,
            href,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css_class, href)


@register.inclusion_tag("components/space_used.html", takes_context=True)
def space_used(context: template.Context, *, is_folded: bool = False) -> dict[str, Any]:
    """Show how much space the person and her organisations have for files, and how much is used."""
    return {"spaces": spaces_of(context["request"].user), "is_folded": is_folded}


@register.simple_tag
def language_attrs(language: object, unknown_direction: str = "") -> SafeString:
    """Return ` lang="…" dir="…"` for a text whose language differs from the page's, else nothing.

    Where the language is not known, a text may follow its own letters: ``unknown_direction="auto"``.

    Accepts a BCP 47 code, an object with a `code` (a Language row) or nothing at all.
    WCAG 2.2, 3.1.2 asks for the mark on every passage in another language.
    """
    code = _code(language)
    if not code and unknown_direction:
        return format_html(' dir="{}"', unknown_direction)
    if not code or code == get_language():
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', code, direction(code))


@register.simple_tag
def elided_pages(page: Page) -> list[str | int]:
    """Return the page numbers around a page, first and last included, gaps as an ellipsis."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter(is_safe=True)
def breakable(text: object) -> str:
    """Let long gendered compounds break: a soft hyphen behind `*innen`, `Innen` and `selbst` in them.

    Browsers without a German dictionary would cut `Migrant*innenorganisationen` anywhere.
    """
    return _LONG_COMPOUND.sub("\\g<0>\u00ad", str(text))


@register.filter
def plain_text(rich_text: object) -> str:
    """Return the words of rich text: paragraphs stay apart, entities become letters."""
    return unescape(strip_tags(_END_OF_BLOCK.sub(" ", str(rich_text)))).strip()


@register.filter
def mail_name(name: object) -> str:
    """Return a name as it may stand in a mail: short, one line, no link."""
    return texts.name(name)


@register.filter
def host(url: str) -> str:
    """Return the host of an address without `www.`, or nothing where there is none."""
    try:
        name = urlsplit(str(url or "")).hostname or ""
    except ValueError:  # e.g. an unclosed bracket in a typed address: there is no host to show
        return ""
    return name.removeprefix("www.")


@register.filter
def leading_options(group: Any) -> list[Any]:
    """Return the options of a filter worth showing: all of a vocabulary, the first of a long tail.

    Tags and publishers have no end; words in the search field find the rare ones sooner. Whatever
    is selected stays, so that it can be taken back.
    """
    name, options = _member(group, "name"), list(_member(group, "options") or ())
    limit = _OPEN_ENDED_LIMIT if name in _OPEN_ENDED_FILTERS else _VOCABULARY_LIMIT
    late = [option for option in options[limit:] if _member(option, "selected")]
    return options[:limit] + late


@register.filter
def any_selected(options: Any) -> bool:
    """Tell whether one of the filter options (mappings or objects) is selected."""
    return any(_member(option, "selected") for option in options or ())


def _member(thing: Any, name: str) -> Any:
    """Read a key of a mapping or an attribute of an object, as templates do."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _code(language: object) -> str:
    return str((language if isinstance(language, str) else _member(language, "code")) or "")


@register.filter
def with_notes(files: Any) -> list[tuple[Any, str]]:
    """Return pairs of a file (anything with a ``document_id``) and what is to be said of it."""
    rows = list(files)
    documents = [getattr(row, "document_id", None) or 0 for row in rows]
    notes = file_notes(list(filter(None, documents)))
    return [(row, notes.get(key, "")) for row, key in zip(rows, documents, strict=True)]
