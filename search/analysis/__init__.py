"""From text to tokens: one chain for all engines. ``analyse`` is the whole interface."""

from search.analysis.base import Token, fold
from search.analysis.chain import Word, analyse, word_terms, words
from search.analysis.version import ANALYSIS_VERSION

__all__ = ["ANALYSIS_VERSION", "Token", "Word", "analyse", "fold", "word_terms", "words"]
