"""What strangers have written, made harmless for a mail.

A mail of this site must not carry somebody's advertisement or trap: titles, names and messages come from
people nobody knows. So a mail is plain text, only links to this site can be clicked, and no
character hides what stands there. (ASVS 5.0, 1.3 and 1.5; the two-pass formatter of pretalx 2026.1.)
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings

NAME_LENGTH = 60
SUBJECT_LENGTH = 200

# Programs that show mails make links of these, also without "http://". A domain without a path counts
# with endings in use for websites, so that "Satzung.pdf" stays readable.
_DOMAIN = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+"
_ENDINGS = (
    "[a-z]{2}|com|net|org|info|biz|app|dev|top|xyz|site|online|shop|link|click|live|club|page|"
    "email|world|store|cloud|space|website|support|xn--[a-z0-9-]+"
)
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    rf"|(?<![@\w.-]){_DOMAIN}(?:[^\W\d_][\w-]+(?=[/:?#])|(?:{_ENDINGS})(?![\w.-]*@)\b)"
    r"(?:[/:?#][^\s<>\"]*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+")
_TAIL = ".,;:!?)]}'\u201c\u201d\u00bb"


def one_line(text: object) -> str:
    """Without characters that break lines, hide or turn round text."""
    return " ".join(_visible(" ".join(str(text).split())).split())


def name(text: object) -> str:
    """The name of a person, an organisation, a file: one short line in which nothing is a link."""
    line = _LINK.sub("…", _ADDRESS.sub("…", one_line(text)))
    return line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - 1].rstrip() + "…"


def subject(text: object) -> str:
    """One line for the header of a mail."""
    return defused(one_line(text))[:SUBJECT_LENGTH]


def body(text: str) -> str:
    """The text of a mail: lines stay, at most one empty one in a row, foreign links cannot be clicked."""
    lines = [_visible(line).rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", defused("\n".join(lines))).strip() + "\n"


def defused(text: str) -> str:
    """Links that do not lead to this site become readable words: ``evil[.]example/path``."""
    return _LINK.sub(_defuse, text)


def _defuse(match: re.Match[str]) -> str:
    found = match.group()
    link = found.rstrip(_TAIL)
    if _is_ours(link):
        return found
    _scheme, _slashes, rest = link.rpartition("//")
    return rest.replace(".", "[.]") + found[len(link) :]


def _is_ours(link: str) -> bool:
    base = urlsplit(settings.BASE_URL)
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    # Compared as it is written: no user, no other port, no look-alike in front or behind.
    return (parts.scheme, parts.netloc) == (base.scheme, base.netloc)


def _visible(text: str) -> str:
    """Without control characters, marks of direction and other invisible ones; joiners of scripts stay."""
    return "".join(
        character
        for character in text
        if character in "\t\u200c\u200d" or unicodedata.category(character) not in _HIDDEN
    )


# Cc control, Cf format (direction, zero width), Cs halves of surrogates, Co private, Zl and Zp separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
