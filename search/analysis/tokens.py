"""Where words begin and end. The same for every language, so that spans can be compared."""

from __future__ import annotations

import re

import regex

# The signs that people put between the masculine stem and the feminine ending.
SIGN = r"[*:_·•‧∙]"
_LETTER = r"[\p{L}\p{M}]"
_NOT_BEFORE = r"(?<![\p{L}\p{M}\p{N}])"
_NOT_AFTER = r"(?![\p{L}\p{M}\p{N}])"

# Written forms that name all genders, German. Named groups: stem, suffix (in, innen), tail.
# MigrantInnen and MigrantIn are told by the capital I; the endings -in and -In need the end of the
# word. The stems are possessive: almost every word is none of these and must be let go at once.
GENDER_FORM = (
    rf"(?:(?P<stem>{_LETTER}{{2,}}+)"
    r"(?:"
    rf"(?:{SIGN}|/-|-/|/)(?P<suffix>(?i:innen))"
    rf"|{SIGN}(?P<suffix>(?i:in)){_NOT_AFTER}"
    rf"|(?<={_LETTER}{{4}})(?:/-|-/|/)(?P<suffix>(?i:in)){_NOT_AFTER}"
    r"|\((?P<suffix>(?i:innen|in))\)"
    r"|\((?P<suffix>(?i:inn))\)en"
    r")"
    rf"|(?P<stem>\p{{L}}[\p{{Ll}}\p{{M}}]{{2,}}+)(?P<suffix>Innen|In{_NOT_AFTER})"
    r")"
    rf"(?P<tail>{_LETTER}*)"
)
# jede*r, ein:e, Rom*nja, Sinti*zze: the stem is a word, and so is the whole without the sign.
_OTHER_SIGN_FORM = rf"{_LETTER}{{2,}}+{SIGN}(?i:nja|zze|ze|er|es|en|em|e|r|s|n|m|x){_NOT_AFTER}"
# Letters and digits, apostrophes and the Persian half-space inside a word.
_PLAIN_WORD = r"[\p{L}\p{M}\p{N}]+(?:['’\u200c][\p{L}\p{M}]+)*"

WORD = regex.compile(
    rf"{_NOT_BEFORE}(?:{GENDER_FORM}|{_OTHER_SIGN_FORM})|{_PLAIN_WORD}", regex.VERSION1
)
GENDER_WORD = regex.compile(GENDER_FORM, regex.VERSION1)
SIGN_WORD = regex.compile(rf"(?P<stem>{_LETTER}+){SIGN}(?P<suffix>{_LETTER}+)", regex.VERSION1)

_PLAIN = regex.compile(_PLAIN_WORD, regex.VERSION1)
_SIGNS = re.compile(r"[*_·•‧∙]|:[^\W\d_]|/-?[Ii][Nn]|-/[Ii][Nn]|\([Ii][Nn]")
_CAPITAL_I = re.compile(r"In")


def word_pattern(text: str) -> regex.Pattern[str]:
    """The pattern that finds the words of this text: the simple one where it finds the same.

    Most texts hold no sign of a gender form, and the look for one is much cheaper than the pattern.
    """
    if _SIGNS.search(text) or any(
        match.start() and text[match.start() - 1].islower() for match in _CAPITAL_I.finditer(text)
    ):
        return WORD
    return _PLAIN
