"""What the first searches of a server would otherwise wait for: dictionaries and synonyms.

Reading the dictionaries of all languages takes seconds; a word no language knows asks them all.
"""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections

from search import synonyms
from search.analysis import lexicon

logger = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Get ready beside the work of a server that has just begun."""
    thread = threading.Thread(target=_run, name="search-warming", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Get ready. Never raises: who finds something missing reads it then."""
    try:
        lexicon.read_all()
        synonyms.current()
    except Exception:
        logger.exception("The first searches will take longer")


def _run() -> None:
    try:
        warm()
    finally:
        close_old_connections()
