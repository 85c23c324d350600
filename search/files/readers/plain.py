"""Plain text in the encodings people have: UTF-8, UTF-16 with a mark, Windows-1252."""

from __future__ import annotations

import codecs
from typing import IO

from search.files.limits import Limits
from search.files.readers.text import Text, unpaged

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(file: IO[bytes], limits: Limits) -> Text:
    """A text file."""
    text = decoded(beginning(file, limits))
    return unpaged(text[: limits.characters], is_cut=len(text) > limits.characters)


def beginning(file: IO[bytes], limits: Limits, *, a_character: int = 4) -> bytes:
    """As many bytes as can be needed, if ``a_character`` takes at most so many."""
    file.seek(0)
    return file.read((limits.characters + 1) * a_character)


def decoded(content: bytes) -> str:
    """The text of bytes. They may end inside a character."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return codecs.getincrementaldecoder(encoding)("replace").decode(content)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
