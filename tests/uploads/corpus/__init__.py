"""Bad files of every kind we know, and good ones to compare. All are made here, none is stored."""

from . import archives, good, names, pdfs, pictures, polyglots, texts, wrong_types
from .case import ACCEPT, EITHER, REJECT, Case, Verdict

__all__ = ["ACCEPT", "BAD", "EITHER", "GOOD", "REJECT", "Case", "Verdict"]

GOOD = good.CASES
BAD = [
    case
    for module in (wrong_types, polyglots, archives, pdfs, pictures, texts, names)
    for case in module.CASES
]
