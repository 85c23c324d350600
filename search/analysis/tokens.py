"""Where words begin and end. The same for every language, so that spans can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

# The signs that people put between the masculine stem and the feminine ending.
SIGN = r"[*:_·•‧∙]"
_LETTER = r"[\p{L}\p{M}]"
_NOT_BEFORE = r"(?<![\p{L}\p{M}\p{N}])"
_NOT_AFTER = r"(?![\p{L}\p{M}\p{N}])"

# Written forms that name all genders, German. Named groups: stem, suffix (in, innen), tail.
# MigrantInnen and MigrantIn are told by the capital I; the endings -in and -In need the end of the
# word. An inner part in brackets, Migrant*innen(selbst)organisation, belongs to the tail. The stems are
# possessive: almost every word is none of these and must be let go at once.
GENDER_FORM = (
    rf"(?:(?P<stem>{_LETTER}{{2,}}+)"
    r"(?:"
    rf"(?:{SIGN}|['’]|/-|-/|/)(?P<suffix>(?i:innen))"
    r"|!(?P<suffix>(?i:i?nnen))"
    rf"|{SIGN}(?P<suffix>(?i:in)){_NOT_AFTER}"
    rf"|(?<={_LETTER}{{4}})(?:/-|-/|/)(?P<suffix>(?i:in)){_NOT_AFTER}"
    r"|\((?P<suffix>(?i:innen|in))\)"
    r"|\((?P<suffix>(?i:inn))\)en"
    r")"
    rf"|(?P<stem>\p{{L}}[\p{{Ll}}\p{{M}}]{{2,}}+)(?P<suffix>Innen|In{_NOT_AFTER})"
    r")"
    rf"(?P<tail>{_LETTER}*\({_LETTER}{{3,}}\){_LETTER}{{3,}}|{_LETTER}*)"
)
# jede*r, ein:e, Rom*nja, Sinti*zze: the stem is a word, and so is the whole without the sign. French
# étudiant·e·s and étudiant.e.s, Spanish alumnos/as and amig@s, plurals in brackets: Verein(e).
_FRENCH_ENDING = (
    "ne|nes|le|les|ice|ices|rice|rices|trice|trices|euse|euses|ère|ères|ienne|iennes|ve|ves"
)
_OTHER_SIGN_FORM = (
    rf"{_LETTER}{{2,}}+(?:"
    rf"{SIGN}(?i:nja|zze|ze|er|es|en|em|e|r|s|n|m|x|{_FRENCH_ENDING})(?:{SIGN}s)?{_NOT_AFTER}"
    rf"|(?<={_LETTER}{{3}})(?:\.(?i:e|{_FRENCH_ENDING})\.s|/(?i:as?|os?)|@s?(?![@.])){_NOT_AFTER}"
    rf"|(?<={_LETTER}{{3}})\((?i:er|en|e|n|s|{_FRENCH_ENDING})\)s?{_NOT_AFTER}"
    r")"
)
# Migranten(selbst)organisation: with and without the inner part.
BRACKETED = (
    rf"(?P<before>{_LETTER}{{3,}}+)\((?P<inner>{_LETTER}{{3,}})\)(?P<after>{_LETTER}{{3,}}+)"
)
# e.V., z. B., U.S.A.: single letters with dots, with or without spaces between them.
_DOTTED = (
    r"(?<![\p{L}\p{M}\p{N}.])"
    rf"(?:\p{{L}}(?:\.\p{{L}}{{1,2}})+{_NOT_AFTER}\.?|\p{{L}}\.(?:\p{{Zs}}\p{{L}}\.)+|e\.\p{{Zs}}V{_NOT_AFTER})"
)
# Letters and digits, apostrophes and the Persian half-space inside a word.
_PLAIN_WORD = r"[\p{L}\p{M}\p{N}]+(?:['’\u200c][\p{L}\p{M}]+)*"

WORD = regex.compile(
    rf"{_NOT_BEFORE}(?:{GENDER_FORM}|{_OTHER_SIGN_FORM}|{BRACKETED})|{_DOTTED}|{_PLAIN_WORD}",
    regex.VERSION1,
)
GENDER_WORD = regex.compile(GENDER_FORM, regex.VERSION1)
SIGN_WORD = regex.compile(
    rf"(?P<stem>{_LETTER}+)(?:{SIGN}(?P<suffix>{_LETTER}+)|\((?P<suffix>{_LETTER}{{1,2}})\))",
    regex.VERSION1,
)
BRACKETED_WORD = regex.compile(BRACKETED, regex.VERSION1)
DOTTED_WORD = regex.compile(_DOTTED, regex.VERSION1)

_PLAIN = regex.compile(_PLAIN_WORD, regex.VERSION1)
# Every alternative begins with a rare sign, so that texts without any are let go quickly.
_SIGNS = re.compile(
    r"[*_·•‧∙@]|:[^\W\d_]|/-?[Ii][Nn]|-/[Ii][Nn]|/[AaOo]|\([^\W\d_]{1,20}\)|!i?nnen|['’]innen"
    r"|\.[ \u00a0]?[^\W\d_]{1,2}\b|In(?<=[^\W\d_]In)"
)


def word_pattern(text: str) -> regex.Pattern[str]:
    """The pattern that finds the words of this text: the simple one where it finds the same."""
    return WORD if _SIGNS.search(text) else _PLAIN


def word_matches(text: str) -> Iterator[regex.Match[str]]:
    """The words of a text, as matches.

    Almost all text holds no sign of a gender form or an abbreviation, and the look for one is much
    cheaper than the pattern: it is used only from one space to the next around a sign.
    """
    sign = _SIGNS.search(text)
    return _PLAIN.finditer(text) if sign is None else _matches_around_signs(text)


def _matches_around_signs(text: str) -> Iterator[regex.Match[str]]:
    done = 0
    begin = end = -1
    for sign in _SIGNS.finditer(text):
        if sign.start() > end:
            if end > done:
                yield from _PLAIN.finditer(text, done, begin)
                yield from WORD.finditer(text, begin, end)
                done = end
            begin = text.rfind(" ", done, sign.start()) + 1 or done
        after = text.find(" ", sign.end())
        end = len(text) if after < 0 else after
    yield from _PLAIN.finditer(text, done, begin)
    yield from WORD.finditer(text, begin, end)
    yield from _PLAIN.finditer(text, end)
