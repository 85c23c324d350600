"""PDFs that run something, never end, or end too early."""

from __future__ import annotations

import zlib

from tests.base import media_corpus as made

from .case import ACCEPT, EITHER, Case, fixed


def with_catalog(extra: bytes) -> bytes:
    """The small PDF with an addition to its root."""
    return made.PDF.replace(b"/Type/Catalog", b"/Type/Catalog" + extra)


def flate_bomb() -> bytes:
    """A page whose drawing unpacks to 256 MiB."""
    packed = zlib.compress(bytes(256 << 20), 9)
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed
    return made.PDF.replace(b"/MediaBox", b"/Contents 4 0 R/MediaBox").replace(
        b"trailer", stream + b"\nendstream endobj\ntrailer"
    )


def many_pages(number: int = 10_000) -> bytes:
    """Ten thousand empty pages."""
    kids = b" ".join(b"3 0 R" for _ in range(number))
    return made.PDF.replace(b"[3 0 R]", b"[" + kids + b"]").replace(
        b"/Count 1", b"/Count %d" % number
    )


_LAUNCH = b"/OpenAction<</S/Launch/F(cmd.exe)>>"
_SCRIPT = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"

CASES = [
    Case("empty.pdf", fixed(b""), "empty"),
    Case("cut.pdf", fixed(made.PDF[:-40]), "cut off"),
    Case("head.pdf", fixed(b"%PDF-1.7\n"), "only the beginning"),
    Case("zeros.pdf", fixed(bytes(5000)), "nothing but zeros"),
    Case(
        "locked.pdf", fixed(made.PDF_ENCRYPTED), "protected with a password: marked as such", ACCEPT
    ),
    Case(
        "script.pdf",
        fixed(with_catalog(_SCRIPT)),
        "runs a script: only to be saved, not shown",
        EITHER,
    ),
    Case(
        "escaped.pdf",
        fixed(
            with_catalog(
                _SCRIPT.replace(b"JavaScript", b"J#61vaScript").replace(b"/JS(", b"/#4a#53(")
            )
        ),
        "the same, spelled otherwise",
        EITHER,
    ),
    Case("launch.pdf", fixed(with_catalog(_LAUNCH)), "starts a program: only to be saved", EITHER),
    Case(
        "files.pdf",
        fixed(with_catalog(b"/Names<</EmbeddedFiles<</Names[(a.exe) 5 0 R]>>>>")),
        "carries files: only to be saved",
        EITHER,
    ),
    Case(
        "sends.pdf",
        fixed(with_catalog(b"/OpenAction<</S/SubmitForm/F(http://example.org)>>")),
        "sends data: only to be saved",
        EITHER,
    ),
    Case(
        "visits.pdf",
        fixed(with_catalog(b"/OpenAction<</S/URI/URI(http://example.org)>>")),
        "opens an address: readers ask first",
        EITHER,
    ),
    Case("flate.pdf", flate_bomb, "unpacks to 256 MB: read in a process with limits only", EITHER),
    Case("pages.pdf", many_pages, "ten thousand pages: read in a process with limits only", EITHER),
    Case(
        "loop.pdf",
        fixed(made.PDF.replace(b"[3 0 R]", b"[2 0 R]")),
        "pages that contain themselves",
        EITHER,
    ),
    Case(
        "previous.pdf",
        fixed(made.PDF.replace(b"/Size 4", b"/Size 4/Prev 0")),
        "tables that lead in a circle",
        EITHER,
    ),
]
