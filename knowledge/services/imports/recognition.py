"""Which encoding a file has. What is not certain is refused: letters must never be mangled."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.services.imports.problems import ImportRefusedError

CHUNK = 1 << 20
SAMPLE = 4096

# A UTF-8 text read as Windows-1252 and saved again: "für" became "fÃ¼r", "–" became "â€“".
MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[œžš™“”¦˜\u009d]|Ð[°-¿]|Ø[§-¹]"
)

_LETTER = r"[^\W\d_]"
# What no text of Western Europe holds, but other encodings look like when read as Windows-1252.
_IMPLAUSIBLE = re.compile(
    "|".join(
        (
            MOJIBAKE.pattern,
            # Turkish (1254) ı ğ ş İ Ş Ğ and Central European (1250) ř ţ đ
            "[ðþÐÞýÝ]",
            # Mac Roman ü, and upper case in the middle of a word: Mac Roman ä, é
            "Ÿ|[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŒ][a-zß-öø-ÿ]",
            # signs inside a word: DOS (437, 850) ä and ö, Mac Roman ß, Polish ł, Greek, Arabic
            rf"(?<={_LETTER})[¡-¬®-³µ¶¸-¿„”†‡‰‹›ˆ˜•×÷](?={_LETTER})",
            # signs that never stand before a letter: Mac Roman Ä and Ü
            r"[€†](?=[a-zà-ÿ])",
            # Czech ě and ů
            rf"[ìùÌÙ](?={_LETTER})",
        )
    )
)
# Cyrillic, Greek, Hebrew and Arabic become words of accented letters only.
_ACCENTED_RUN = re.compile("[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{3,}")
_GERMAN = frozenset("äöüÄÖÜß")

_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def recognise(path: Path) -> str:
    """Name the codec of a text file: utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1252.

    Raises ImportRefusedError when no encoding fits without doubt. The whole file is read once, in
    small pieces.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if not sample:
        raise ImportRefusedError.because(_("The file is empty."))
    for mark, codec in _MARKS:
        if sample.startswith(mark):
            if codec and _decodes(path, codec):
                return codec
            raise ImportRefusedError.because(_refusal())
    if guess := _utf16_without_mark(sample):
        if _decodes(path, guess):
            return guess
        raise ImportRefusedError.because(_refusal())
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    if _is_western(path):
        return "cp1252"
    raise ImportRefusedError.because(_refusal())


def encoding_name(codec: str) -> str:
    """What people call an encoding that `recognise` returned."""
    return _NAMES[codec]


def _refusal() -> str:
    return _(
        "The letters of this file cannot be read without doubt. Please save it again as “CSV UTF-8”."
    )


def _utf16_without_mark(sample: bytes) -> str:
    """Latin text in UTF-16 has a zero byte in every other place."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 > even * 4:  # noqa: PLR2004 - commas, codes and addresses are Latin everywhere
        return "utf-16-le"
    if even > 0.4 > odd * 4:  # noqa: PLR2004
        return "utf-16-be"
    return ""


def _texts(path: Path, codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _decodes(path: Path, codec: str) -> bool:
    try:
        for _text in _texts(path, codec):
            pass
    except UnicodeError:
        return False
    return True


def _is_western(path: Path) -> bool:
    """Whether the bytes, read as Windows-1252, look like a text of Western Europe."""
    before = ""
    try:
        for text in _texts(path, "cp1252"):
            joined = before + text
            if _IMPLAUSIBLE.search(joined):
                return False
            runs = (match.group() for match in _ACCENTED_RUN.finditer(joined))
            if any(not _GERMAN.issuperset(run) for run in runs):
                return False
            before = text[-8:]
    except UnicodeError:
        return False
    return True
