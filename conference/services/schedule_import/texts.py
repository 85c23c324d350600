"""Cleans the texts of a file. What is taken out is reported."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from conference.services.schedule_import.findings import Findings
from knowledge.services.imports.texts import rich_text

_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w:-]*)([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*["']?\s*([a-zA-Z][a-zA-Z0-9+.-]*):""", re.IGNORECASE)
_HARMLESS = {"p", "br", "ul", "ol", "li", "b", "i", "a", "strong", "em", "div", "span"} | {
    f"h{number}" for number in range(1, 7)
}
# Only tags that a person or an editor of texts writes: "a < b" and "<Name>" are plain text.
_KNOWN = _HARMLESS | {
    *("script", "style", "iframe", "img", "object", "embed", "svg", "form", "input", "video"),
    *("audio", "table", "tr", "td", "th", "tbody", "thead", "blockquote", "pre", "code", "hr"),
    *("link", "meta", "base", "u", "s", "sub", "sup", "small", "font", "center", "dl", "dt", "dd"),
}
_SCHEMES = {"http", "https", "mailto"}
# Controls, direction overrides, lost letters, halves of letters: no database and no reader wants them.
_FORBIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_SPACES = re.compile(r"\s+")
_validate_url = URLValidator(schemes=["http", "https"])
MAX_URL = 500
MAX_TEXT = 100_000


class Texts:
    """Reads the texts of one session and reports what had to be changed."""

    def __init__(self, place: str, findings: Findings, *, are_plain: bool = False) -> None:
        """`are_plain`: the program that wrote the file never writes HTML, so "<" is just a sign."""
        self.place = place
        self.findings = findings
        self.are_plain = are_plain

    def line(self, text: str, what: str, most: int) -> str:
        """One line of plain text, HTML entities and tags resolved."""
        text = self._sound(text, what)
        if self.are_plain:
            pass
        elif "<" in text and any(name.lower() in _KNOWN for name, _rest in _TAG.findall(text)):
            self._repaired(_("HTML in “%(what)s”") % {"what": what}, _("removed"))
            text = _TAG.sub(" ", text)
        if not self.are_plain and _ENTITY.search(text):
            plain = html.unescape(text)
            self._repaired(
                _("signs written as HTML in “%(what)s”") % {"what": what},
                _("read as %(complete)s") % {"complete": plain[:60]},
            )
            text = plain
        text = _SPACES.sub(" ", text).strip()
        if len(text) > most:
            self._repaired(
                _("“%(what)s” has %(found)s characters") % {"what": what, "found": len(text)},
                _("cut to %(most)s") % {"most": most},
            )
            text = text[: most - 1].rstrip() + "…"
        return text

    def rich(self, text: str, what: str) -> str:
        """Rich text: paragraphs, lists, bold, italic, links to the web; nothing else survives."""
        text = self._sound(text, what).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > MAX_TEXT:
            self._repaired(
                _("“%(what)s” has %(found)s characters") % {"what": what, "found": len(text)},
                _("cut to %(most)s") % {"most": MAX_TEXT},
            )
            text = text[:MAX_TEXT]
        if self.are_plain:
            return paragraphs(text)
        tags = _TAG.findall(text)
        known = {name.lower() for name, _rest in tags} & _KNOWN
        removed = sorted(known - _HARMLESS)
        schemes = {scheme.lower() for scheme in _HREF.findall(text)}
        removed += sorted(f"{scheme}:" for scheme in schemes - _SCHEMES)
        if any(re.search(r"\bon\w+\s*=", rest, re.IGNORECASE) for _name, rest in tags):
            removed.append("on…=")
        if removed:
            self._repaired(
                _("HTML in “%(what)s” that is not allowed here") % {"what": what},
                _("removed: %(parts)s") % {"parts": ", ".join(removed[:8])},
            )
        if known and not known & (_HARMLESS - {"div", "span"}):
            text = f"<p>{text}</p>"  # so that it is read as HTML and not shown as text
        return rich_text(text).strip()

    def address(self, url: str, base: str, what: str) -> str:
        """An http or https address, or nothing; those that begin with / are completed by `base`."""
        url = self._sound(url, what).strip()
        if not url:
            return ""
        complete = url
        if url.startswith("/") and base:  # "example.org" is more likely a host than a file
            complete = urljoin(base, url)
        if len(complete) > MAX_URL or not is_web_address(complete):
            self._repaired(
                _("“%(url)s” is not an address that starts with http:// or https://")
                % {"url": url[:80]},
                _("left out"),
            )
            return ""
        if complete != url:
            self._repaired(
                _("the address “%(url)s” is relative") % {"url": url[:80]},
                _("read as %(complete)s") % {"complete": complete},
            )
        return complete

    def _sound(self, text: str, what: str) -> str:
        if _FORBIDDEN.search(text):
            self._repaired(_("control characters in “%(what)s”") % {"what": what}, _("removed"))
            text = _FORBIDDEN.sub("", text)
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    def _repaired(self, what: str, how: str) -> None:
        self.findings.repaired(self.place, what, how)


def paragraphs(text: str) -> str:
    """Plain text as rich text: every sign is shown as it stands."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text)]
    escaped = [html.escape(part, quote=False).replace("\n", "<br/>") for part in parts]
    return "".join(f"<p>{part}</p>" for part in escaped if part)


def urlsplit_scheme(url: str) -> str:
    """The scheme of an address, empty for a relative one and for what is no address."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return "?"


def is_web_address(url: str) -> bool:
    """Whether this is a complete http or https address."""
    try:
        _validate_url(url)
    except (ValidationError, ValueError):
        return False
    return urlsplit_scheme(url) in {"http", "https"}
