"""Rich text in a plain text area: works on every phone, without a script.

Paragraphs are parted by an empty line, lines of a list begin with "- " or "1. ". What somebody does
not touch keeps its markup.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django import forms
from django.utils.html import escape, strip_tags, urlize

_LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"<ol>(.*?)</ol>", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"<li\b[^>]*>(.*?)</li>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|ul|ol|h[1-6])>", re.IGNORECASE)
_MARK = re.compile(r"^(?:-|\d{1,3}\.)\s+")


def to_plain(html: str) -> str:
    """Rich text as plain text; the address of a link stands behind its words."""
    text = _LINK.sub(_shown_link, re.sub(r"\s*\n\s*", " ", html))
    text = _NUMBERED.sub(lambda found: _ITEM.sub(r"1. \1\n", found[1]) + "\n", text)
    text = _ITEM.sub(r"- \1\n", text)
    text = _BLOCK_END.sub("\n\n", _BREAK.sub("\n", text))
    lines = (line.strip() for line in unescape(strip_tags(text)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def from_plain(text: str) -> str:
    """Plain text as rich text: paragraphs, lists, addresses as links; everything else as it stands."""
    blocks = re.split(r"\n[ \t]*\n+", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "".join(_block(block.split("\n")) for block in blocks if block.strip())


def _shown_link(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    shown = unescape(strip_tags(words)).strip()
    return words if shown == unescape(address) else f"{words} ({address})"


def _block(lines: list[str]) -> str:
    if all(_MARK.match(line) for line in lines):
        kind = "ul" if lines[0].startswith("-") else "ol"
        items = "".join(f"<li>{_inline(_MARK.sub('', line))}</li>" for line in lines)
        return f"<{kind}>{items}</{kind}>"
    return f"<p>{'<br/>'.join(_inline(line) for line in lines)}</p>"


def _inline(line: str) -> str:
    """Only whole addresses become links: urlize would also take "verein.de" for one."""
    parts = re.split(r"(https?://\S+)", line.strip())
    return "".join(
        urlize(part, autoescape=True).replace(' rel="nofollow"', "") if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


class PlainRichTextField(forms.CharField):
    """Shows rich text as plain text and gives rich text back."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 10, "dir": "auto"}))
        super().__init__(**kwargs)
        self.before = ""

    def prepare_value(self, value: Any) -> Any:
        """Only what comes from the item is markup; what was typed is shown as it was."""
        return to_plain(value) if isinstance(value, str) and value == self.before else value

    def clean(self, value: Any) -> str:
        """Rich text. Raises ValidationError."""
        text: str = super().clean(value)
        if text.replace("\r\n", "\n").strip() == to_plain(self.before):
            return self.before
        return from_plain(text)
