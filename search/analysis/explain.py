"""Why a word has the terms it has, in plain words; for people who look at the analysis."""

from __future__ import annotations

from search.analysis import german, languages, lexicon
from search.analysis.base import fold
from search.analysis.chain import primary, reading
from search.analysis.tokens import GENDER_WORD, SIGN_WORD


def reasons(surface: str, lang: str) -> list[str]:
    """The steps that shaped the terms of a written word, in the order they are taken."""
    code = primary(lang)
    if code != "de":
        return [f"{one.term}: {one.rule}" for one in languages.read(surface, code).terms]
    found = reading(surface, code)
    steps = _german_steps(surface)
    if not steps:
        known = lexicon.lemma(surface, code)
        if known:
            steps.append(f"dictionary form {known}")
        elif found.terms[0] == fold(surface):
            steps.append("folded only")
        else:
            steps.append("stem or letters by rule")
    if found.parts:
        steps.append(f"compound of {' + '.join(found.parts)}")
    return steps


def _german_steps(surface: str) -> list[str]:
    gendered = GENDER_WORD.fullmatch(surface)
    if gendered is not None:
        return [f"form for all genders of {gendered['stem']}…: both genders are terms"]
    if SIGN_WORD.fullmatch(surface) is not None:
        return ["form with a gender sign: both readings are terms"]
    restored = german.restore_umlauts(surface)
    steps = [] if restored == surface else [f"umlaut restored: {restored}"]
    found = german.terms(restored)
    if len(found) > 1:
        steps.append("feminine form: the masculine one is a term as well")
    elif steps:
        steps.append(f"dictionary form or last known part: {found[0]}")
    return steps
