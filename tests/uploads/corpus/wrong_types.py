"""Programs, pages and scripts under the names of harmless files, and kinds that nobody needs."""

from __future__ import annotations

import struct

from tests.base import media_corpus as made

from .case import Case, fixed

JS = b"window.__pwn=1;alert(1)//" + b" " * 100
PHP = b"<?php system($_GET['c']); ?>"
MACH_O = b"\xcf\xfa\xed\xfe" + bytes(200)
JAVA_CLASS = b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(100)
RTF = b"{\\rtf1\\ansi{\\object\\objocx}}"
SWF = b"FWS\x09" + bytes(60)
SHELL = b"#!/bin/sh\nrm -rf /\n"
BMP = (
    b"BM"
    + struct.pack("<IHHIIiiHHIIiiII", 58, 0, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
    + bytes(4)
)
ICO = struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, 40, 22) + bytes(40)
AVIF = struct.pack(">I4s4sI4s", 20, b"ftyp", b"avif", 0, b"avif") + bytes(100)
TIFF_CLAIMING = b"II*\x00\x08\x00\x00\x00\x02\x00" + (
    struct.pack("<HHII", 256, 4, 1, 100_000) + struct.pack("<HHII", 257, 4, 1, 100_000) + bytes(4)
)

_BAD = [
    ("program.pdf", made.PE, "a Windows program named PDF"),
    ("elf.pdf", made.ELF, "a Linux program named PDF"),
    ("mac.pdf", MACH_O, "a macOS program named PDF"),
    ("page.pdf", made.HTML, "a page named PDF"),
    ("script.pdf", JS, "a script named PDF"),
    ("picture.pdf", made.picture("PNG"), "a picture named PDF"),
    ("program.docx", made.PE, "a program named DOCX"),
    ("elf.docx", made.ELF, "a program named DOCX"),
    ("page.docx", made.HTML, "a page named DOCX"),
    ("script.docx", JS, "a script named DOCX"),
    ("rich.docx", RTF, "RTF with an object named DOCX"),
    ("old.docx", made.OLE_MACRO, "an old Word file with macros named DOCX"),
    ("program.xlsx", made.PE, "a program named XLSX"),
    ("letter.xlsx", made.docx(), "a DOCX named XLSX"),
    ("program.jpg", made.PE, "a program named JPEG"),
    ("page.jpg", made.HTML, "a page named JPEG"),
    ("script.jpg", JS, "a script named JPEG"),
    ("class.jpg", JAVA_CLASS, "a Java class named JPEG"),
    ("report.jpg", made.PDF, "a PDF named JPEG"),
    ("photo.jpg", made.picture("PNG"), "a PNG named JPEG"),
    ("phone.jpg", made.HEIC, "HEIC named JPEG"),
    ("new.jpg", AVIF, "AVIF named JPEG"),
    ("scan.jpg", made.picture("TIFF"), "TIFF named JPEG"),
    ("flash.png", SWF, "Flash named PNG"),
    ("bitmap.png", BMP, "a bitmap named PNG"),
    ("icon.png", ICO, "an icon named PNG"),
    ("page.png", made.HTML, "a page named PNG"),
    ("page.webp", made.HTML, "a page named WebP"),
    ("page.txt", made.HTML, "a page named plain text"),
    ("mark.txt", b"\xef\xbb\xbf\r\n  <html><script>x</script>", "a page after a byte order mark"),
    ("server.txt", PHP, "a server's script named plain text"),
    ("shell.txt", SHELL, "a shell script named plain text"),
    ("shell.csv", SHELL, "a shell script named table"),
    ("drawing.txt", made.SVG, "SVG named plain text"),
    ("sound.mp3", made.PE, "a program named sound"),
    ("film.mp4", made.ELF, "a program named film"),
    ("film.webm", made.MKV, "Matroska named WebM"),
    ("program.exe", made.PE, "programs are not taken"),
    ("report.pdf.exe", made.PDF, "the last part of the name counts"),
    ("script.js", JS, "scripts are not taken"),
    ("page.html", made.HTML, "pages are not taken"),
    ("page.xhtml", made.HTML, "pages are not taken"),
    ("page.mht", b"MIME-Version: 1.0\r\n", "pages are not taken"),
    ("help.hta", made.HTML, "programs are not taken"),
    ("link.lnk", b"L\x00\x00\x00" + bytes(80), "shortcuts are not taken"),
    ("link.url", b"[InternetShortcut]\nURL=file:///x", "shortcuts are not taken"),
    ("archive.zip", made.archive({"a.txt": b"x"}), "archives are not taken"),
    ("program.jar", made.archive({"META-INF/MANIFEST.MF": b"x"}), "programs are not taken"),
    ("scan.tiff", made.picture("TIFF"), "browsers do not show TIFF"),
    ("huge.tiff", TIFF_CLAIMING, "TIFF that claims ten thousand million pixels"),
    ("phone.heic", made.HEIC, "browsers do not show HEIC"),
    ("noname", made.PDF, "without an extension nobody knows what to open it with"),
]

CASES = [Case(name, fixed(content), why) for name, content, why in _BAD]
