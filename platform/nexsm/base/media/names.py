"""File names from strangers, made harmless."""

from __future__ import annotations

import unicodedata

MAX_LENGTH = 120
# What Windows refuses in a name; the slash is cut off before.
_FORBIDDEN = frozenset('<>:"|?*\\/')


# The two joiners belong to correct spelling in Persian, Sorani and Indic scripts.
_JOINERS = frozenset("\u200c\u200d")

# Letters and signs by their category, with nothing to see: fillers of Korean, the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def has_something_to_see(text: str) -> bool:
    """Whether a text has one letter, digit or sign: a link of joiners alone could not be seen."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in text)


def _is_harmless(char: str) -> bool:
    if char in _JOINERS:
        return True
    # Cc control (CR, LF, NUL), Cf format (bidi overrides, zero width), Cs/Co/Cn: nothing to see.
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_line(text: str) -> str:
    """Return a text as one line without control, bidi and other invisible characters.

    Joiners stay between letters; a line in which nothing can be seen is empty.
    """
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    line = " ".join("".join(char for char in spaced if _is_harmless(char)).split())
    return line if has_something_to_see(line) else ""


def clean_file_name(name: str, extension: str) -> str:
    """Return a name to show and to download: one line, no tricks, with the extension given.

    The extension is the one our checks decided on, so that `report.pdf.exe` or a name turned
    round by a bidi override cannot promise something else.
    """
    base = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1])
    base = "".join(char for char in base if char not in _FORBIDDEN)
    stem = base.rsplit(".", 1)[0] if "." in base else base
    stem = " ".join(stem.split()).strip(". ")
    return f"{stem[: MAX_LENGTH - len(extension) - 1].rstrip('. ') or 'file'}.{extension}"
