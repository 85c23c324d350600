"""Honest files of every kind that is taken."""

from __future__ import annotations

import unicodedata

from tests.base import media_corpus as made

from .case import ACCEPT, Case, fixed

CASES = [
    *(
        Case(item.name, fixed(item.content), "a good picture", ACCEPT, ACCEPT)
        for item in made.GOOD_IMAGES
    ),
    *(
        Case(item.name, fixed(item.content), "a good document", ACCEPT)
        for item in made.GOOD_DOCUMENTS
        if not item.name.endswith((".png", ".jpg"))
    ),
    Case(
        "captions.vtt",
        fixed("WEBVTT\n\n00:00.000 --> 00:01.000\nGrüße\n".encode()),
        "captions",
        ACCEPT,
    ),
    Case("دليل المنظمات.pdf", fixed(made.PDF), "an Arabic name", ACCEPT),
    Case(
        unicodedata.normalize("NFD", "Übersicht für Köln.pdf"),
        fixed(made.PDF),
        "a name as macOS writes it",
        ACCEPT,
    ),
    Case("می‌خواهم.pdf", fixed(made.PDF), "a Persian name with its joiner", ACCEPT),
    Case("REPORT.PDF", fixed(made.PDF), "capital letters", ACCEPT),
]
