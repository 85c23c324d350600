"""Turns cells into the site's texts: plain text or simple HTML becomes clean rich text."""

from __future__ import annotations

import html
import re
import uuid

import nh3

_SIMPLE_HTML = re.compile(
    r"</?(?:p|br|ul|ol|li|b|strong|i|em|a|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BLOCK = re.compile(r"<(?:p|ul|ol)\b")
_HEADING = re.compile(r"<(/?)h[1-6]>")
_TAGS = {"p", "br", "ul", "ol", "li", "b", "i", "a", "strong", "em"} | {
    f"h{n}" for n in range(1, 7)
}


def rich_text(text: str) -> str:
    """Rich text with paragraphs, lists, bold, italic and links to the web; nothing else survives.

    Text without known tags is plain: everything in it is shown as it stands, also ``<`` and ``=``.
    """
    if not text:
        return ""
    if not _SIMPLE_HTML.search(text):
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
        escaped = [html.escape(part, quote=False).replace("\n", "<br/>") for part in paragraphs]
        return "".join(f"<p>{part}</p>" for part in escaped if part)
    clean = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # Headings are blocks of their own here; inside a text they are bold paragraphs.
    clean = _HEADING.sub(lambda match: "</b></p>" if match.group(1) else "<p><b>", clean)
    clean = clean.replace("<strong>", "<b>").replace("</strong>", "</b>")
    clean = clean.replace("<em>", "<i>").replace("</em>", "</i>").strip()
    return clean if _BLOCK.search(clean) else f"<p>{clean}</p>"


def visible_length(rich: str) -> int:
    """Characters a reader sees of a rich text."""
    return len(html.unescape(re.sub(r"<[^>]*>", "", rich)))


def body_blocks(text: str) -> list[dict[str, str]]:
    """The body of a resource as raw blocks of its stream field."""
    rich = rich_text(text)
    if not rich:
        return []
    return [{"type": "paragraph", "value": rich, "id": str(uuid.uuid4())}]
