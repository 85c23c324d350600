"""Bad files of every kind we know, and good ones to compare. All are made here, none is stored."""

from . import archives, good, names, pdfs, pictures, polyglots, texts, wrong_types
from .case import ACCEPT, EITHER, REJECT, Case, Verdict

__all__ = ["ACCEPT", "BAD", "BAD_BY_CHAPTER", "EITHER", "GOOD", "REJECT", "Case", "Verdict"]

GOOD = good.CASES
BAD_BY_CHAPTER = {
    module.__name__: module.CASES
    for module in (wrong_types, polyglots, archives, pdfs, pictures, texts, names)
}
BAD = [case for cases in BAD_BY_CHAPTER.values() for case in cases]
