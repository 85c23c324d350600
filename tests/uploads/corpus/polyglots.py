"""Files that are two things at once."""

from __future__ import annotations

from tests.base import media_corpus as made

from .case import ACCEPT, EITHER, Case, fixed

PWN = b"<html><script>window.__pwn=1</script></html>"
GIF_JS = b"GIF89a/*" + made.picture("GIF")[8:] + b"*/=1;window.__pwn=1;"
JAR = made.archive({"META-INF/MANIFEST.MF": b"Main-Class: Evil", "Evil.class": b"\xca\xfe\xba\xbe"})

CASES = [
    Case("first.pdf", fixed(PWN + made.PDF), "a page with a PDF behind it"),
    Case("program.pdf", fixed(made.PE + made.PDF), "a program with a PDF behind it"),
    Case("zip.pdf", fixed(made.archive({"a.txt": b"x"}) + made.PDF), "a ZIP with a PDF behind it"),
    Case("late.pdf", fixed(b"x" * 2000 + made.PDF), "a PDF that starts late"),
    Case("behind.pdf", fixed(made.PDF + PWN + b"%%EOF"), "a PDF with a page behind it", EITHER),
    Case(
        "inside.pdf",
        fixed(made.PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + PWN + b"\n")),
        "a PDF with a page in a comment",
        EITHER,
    ),
    Case(
        "zipped.pdf",
        fixed(made.PDF + made.archive({"a.txt": b"x"}) + b"%%EOF"),
        "a PDF with a ZIP behind it",
        EITHER,
    ),
    Case("report.docx", fixed(made.PDF + made.docx()), "a PDF with a DOCX behind it"),
    Case("page.docx", fixed(PWN + made.docx()), "a page with a DOCX behind it"),
    Case(
        "stored.docx",
        fixed(
            made.archive(
                {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}, ("a.html", PWN)
            )
        ),
        "a DOCX with a page in clear",
        EITHER,
    ),
    Case(
        "script.gif",
        fixed(GIF_JS),
        "a GIF that is a script: the size it claims makes no picture",
        EITHER,
        EITHER,
    ),
    Case(
        "behind.gif",
        fixed(made.picture("GIF") + b"*/;window.__pwn=1;"),
        "a GIF with a script behind it",
        ACCEPT,
        ACCEPT,
        b"__pwn",
    ),
    Case(
        "applet.gif",
        fixed(made.picture("GIF") + JAR),
        "a GIF with a JAR behind it (GIFAR)",
        ACCEPT,
        ACCEPT,
        b"META-INF",
    ),
    Case(
        "comment.jpg",
        fixed(made.picture("JPEG", comment=PWN)),
        "a JPEG with a page in its comment",
        ACCEPT,
        ACCEPT,
        b"__pwn",
    ),
    Case(
        "behind.jpg",
        fixed(made.picture("JPEG") + PWN),
        "a JPEG with a page behind it",
        ACCEPT,
        ACCEPT,
        b"__pwn",
    ),
    Case(
        "behind.png",
        fixed(made.picture("PNG") + b"<?php system('id'); ?>"),
        "a PNG with a server's script behind it",
        ACCEPT,
        ACCEPT,
        b"<?php",
    ),
    Case(
        "text.png",
        fixed(made.png(10, 10, made.png_chunk(b"tEXt", b"Comment\0" + PWN))),
        "a PNG with a page in its text",
        ACCEPT,
        ACCEPT,
        b"__pwn",
    ),
    Case(
        "behind.webp",
        fixed(made.picture("WEBP") + JAR),
        "a WebP with a JAR behind it",
        ACCEPT,
        ACCEPT,
        b"META-INF",
    ),
    Case(
        "sound.mp3",
        fixed(b"ID3\x04\0\0\0\0\0\x40" + PWN + bytes(60) + b"\xff\xfb\x90\0" + bytes(400)),
        "sound with a page in its tags",
        EITHER,
    ),
    Case(
        "page16.txt",
        fixed(PWN.decode().encode("utf-16")),
        "a page in UTF-16 is sent as plain text",
        EITHER,
    ),
    Case(
        "middle.txt",
        fixed(b"Notes\n\n" + PWN),
        "a page inside a text is sent as plain text",
        EITHER,
    ),
]
