"""Web pages: what stands in their head about what they show."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from contextlib import suppress
from html.parser import HTMLParser

from knowledge.services.metadata import meta_tags, structured, texts
from knowledge.services.metadata.facts import Facts, Source, merged

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_CHARSET_OF_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_LOOK_FOR_CHARSET = 1_024  # as browsers do
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 64 * 1024
_MAX_TAGS = 2_000
_MAX_SCRIPTS = 50
_SEPARATORS = " |·–—-:"


class _Head(HTMLParser):
    """Collects the elements that describe a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: defaultdict[str, list[str]] = defaultdict(list)
        self.scripts: list[str] = []
        self.language = ""
        self.licence = ""
        self.title: list[str] = []
        self._inside = ""
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(found)
        elif tag == "html":
            self.language = self.language or found.get("lang", "")
        elif tag in {"link", "a"} and "license" in found.get("rel", "").lower().split():
            self.licence = self.licence or found.get("href", "")
        elif tag == "title" and not self.title:
            self._inside = "title"
        elif (
            tag == "script"
            and found.get("type", "").split(";")[0].strip().lower() == "application/ld+json"
        ):
            self._inside = "script" if len(self.scripts) < _MAX_SCRIPTS else ""
            if self._inside:
                self.scripts.append("")

    def _meta(self, found: dict[str, str]) -> None:
        name = found.get("name") or found.get("property") or found.get("itemprop") or ""
        self._count += 1
        if name and self._count <= _MAX_TAGS:
            self.tags[name.strip().lower()[:80]].append(found.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title.append(data)
        elif self._inside == "script":
            self.scripts[-1] += data


def read(content: bytes, content_type: str = "") -> Facts:
    """What a page says. Never raises for a broken page: what cannot be read is left out."""
    head = _Head()
    text = decoded(content, content_type)
    for start in range(0, len(text), _CHUNK):
        head.feed(text[start : start + _CHUNK])
    head.close()
    rest = Facts(
        Source.PAGE,
        title=_without_site(
            texts.plain("".join(head.title), texts.MAX_TITLE),
            texts.plain(meta_tags.first(head.tags, "og:site_name"), texts.MAX_NAME),
        ),
        language=head.language[:40],
        licence=head.licence[:300],
    )
    described = (
        meta_tags.highwire(head.tags),
        structured.read(head.scripts),
        meta_tags.dublin_core(head.tags),
        meta_tags.open_graph(head.tags),
    )
    return merged((*described, rest), Source.PAGE)


def _without_site(title: str, site: str) -> str:
    """``<title>`` often ends with the name of the site."""
    if site and title != site and title.endswith(site):
        bare = title.removesuffix(site)
        if bare[-1] in _SEPARATORS:
            return bare.rstrip(_SEPARATORS)
    return title


def decoded(content: bytes, content_type: str) -> str:
    """The text of a page: by its mark, the header, its own words; else UTF-8 or Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    named = _CHARSET_OF_HEADER.search(content_type)
    declared = named[1].encode() if named else b""
    if not declared and (match := _CHARSET.search(content, 0, _LOOK_FOR_CHARSET)):
        declared = match[1]
    if declared:
        with suppress(LookupError, UnicodeError, ValueError):
            return content.decode(declared.decode("ascii"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
