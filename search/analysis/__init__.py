"""From text to tokens: one chain for all engines. ``analyse`` is the whole interface."""

from search.analysis.base import Token, fold
from search.analysis.chain import Reading, Word, analyse, placed_words, reading, word_terms, words
from search.analysis.version import ANALYSIS_VERSION

__all__ = [
    "ANALYSIS_VERSION",
    "Reading",
    "Token",
    "Word",
    "analyse",
    "fold",
    "placed_words",
    "reading",
    "word_terms",
    "words",
]
