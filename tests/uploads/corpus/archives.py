"""Office documents that are bombs, run something, or are not what they seem."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.base import media_corpus as made

from .case import ACCEPT, EITHER, Case, fixed

ODT = "application/vnd.oasis.opendocument.text"
MACRO_TYPES = (
    b'<Types><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def _flag_all(content: bytes) -> bytes:
    """Mark all entries as encrypted with the ZIP's own password."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def nested(depth: int = 5) -> bytes:
    """A ZIP in a ZIP in a ZIP, with much air inside."""
    content = bytes(1 << 20)
    for level in range(depth):
        content = made.archive({f"{level}-{copy}.zip": content for copy in range(8)})
    return content


def symlink() -> bytes:
    """An entry that is a link to a file of the server."""
    out = io.BytesIO(made.docx())
    with zipfile.ZipFile(out, "a") as target:
        link = zipfile.ZipInfo("word/link.xml")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    return out.getvalue()


def doubled() -> bytes:
    """Two parts with the same name; programs differ in which they read."""
    content = made.docx(**{"word/documenX.xml": b"<other/>"})
    return content.replace(b"word/documenX.xml", b"word/document.xml")


def zip64_claim() -> bytes:
    """A size that only the longer form of the format can say: four thousand million gigabytes."""
    content = bytearray(made.docx())
    at = content.find(b"PK\x01\x02")
    content[at + 20 : at + 28] = b"\xff" * 8
    return bytes(content)


def nul_in_name() -> bytes:
    """A name that ends early for programs written in C."""
    return made.docx(**{"word/aXb.xml": b"x"}).replace(b"word/aXb.xml", b"word/a\0b.xml")


def lying_size() -> bytes:
    """A part that says it is small and unpacks to a lot."""
    content = bytearray(made.docx(**{"word/big.xml": bytes(30 << 20)}))
    at = content.find(b"word/big.xml", content.find(b"PK\x01\x02")) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(content)


def xlsx_rows() -> bytes:
    """A sheet of a hundred million equal bytes."""
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}
    return made.archive(parts | {"xl/worksheets/sheet1.xml": b"<c/>" * (25 << 20)})


CASES = [
    Case(
        "bomb.docx",
        lambda: made.docx(**{"word/big.xml": bytes(30 << 20)}),
        "a part that unpacks to 30 MB out of 30 KB",
    ),
    Case("bomb.xlsx", xlsx_rows, "a sheet that unpacks to 100 MB out of 100 KB"),
    Case(
        "bomb.odt", lambda: made.open_document(ODT, big=bytes(30 << 20)), "the same in OpenDocument"
    ),
    Case(
        "bomb.epub",
        lambda: made.open_document("application/epub+zip", big=bytes(30 << 20)),
        "the same in an e-book",
    ),
    Case("claim.docx", made.claiming_docx, "a part that claims 1 GB"),
    Case("claim64.docx", zip64_claim, "a part that claims more than there are bytes in the world"),
    Case("overlap.docx", made.overlapping_docx, "parts on top of each other"),
    Case("many.docx", made.many_entries, "thousands of parts"),
    Case("directory.docx", made.huge_directory, "a table of contents with 60,000 lines"),
    Case(
        "climb.docx",
        lambda: made.docx(**{"../../evil.xml": b"x"}),
        "a part that climbs out (zip slip)",
    ),
    Case(
        "climb2.docx",
        lambda: made.docx(**{"word\\..\\..\\evil": b"x"}),
        "the same with the other slash",
    ),
    Case("root.docx", lambda: made.docx(**{"/etc/passwd": b"x"}), "a part with an absolute path"),
    Case("drive.docx", lambda: made.docx(**{"C:/evil": b"x"}), "a part with a drive"),
    Case("nul.docx", nul_in_name, "a NUL in the name of a part"),
    Case("macro.docx", lambda: made.docx(**{"word/vbaProject.bin": b"x"}), "macros"),
    Case(
        "macro.xlsx",
        lambda: made.archive(
            {
                "[Content_Types].xml": b"<Types/>",
                "xl/workbook.xml": b"<x/>",
                "xl/vbaProject.bin": b"x",
            }
        ),
        "macros",
    ),
    Case(
        "macro.pptx",
        lambda: made.archive(
            {
                "[Content_Types].xml": b"<Types/>",
                "ppt/presentation.xml": b"<x/>",
                "ppt/vbaProject.bin": b"x",
            }
        ),
        "macros",
    ),
    Case(
        "renamed.docx",
        lambda: made.archive({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": b"<x/>"}),
        "a DOCM under another name",
    ),
    Case("letter.docm", made.docx, "files for macros are not taken"),
    Case(
        "macro.odt",
        lambda: made.open_document(ODT, **{"Basic/Standard/Module1.xml": b"x"}),
        "macros in OpenDocument",
    ),
    Case(
        "script.odt",
        lambda: made.open_document(ODT, **{"Scripts/python/evil.py": b"x"}),
        "scripts in OpenDocument",
    ),
    Case("binary.xlsx", lambda: made.office("xl/workbook.bin"), "an XLSB under another name"),
    Case("plain.docx", lambda: made.archive({"a.txt": b"x"}), "a ZIP under another name"),
    Case(
        "jar.docx",
        lambda: made.archive({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}),
        "a JAR under another name",
    ),
    Case(
        "locked-zip.docx",
        lambda: _flag_all(made.docx()),
        "parts behind a ZIP password: no Word writes this",
    ),
    Case("cut.docx", lambda: made.docx()[:-30], "cut off"),
    Case("cut.odt", lambda: made.ODT[: len(made.ODT) // 2], "cut off"),
    Case("start.odt", fixed(b"PK\x03\x04" + bytes(100)), "only the beginning"),
    Case("empty.docx", fixed(b""), "empty"),
    Case("end.docx", fixed(b"PK\x05\x06" + bytes(18)), "an archive without parts"),
    Case(
        "locked.docx",
        fixed(made.OLE_ENCRYPTED),
        "protected with a password, as Word does it",
        ACCEPT,
    ),
    Case(
        "nested.docx",
        lambda: made.docx(**{"word/embeddings/x.zip": nested(3)}),
        "archives in archives: only the outer table of contents is read",
        EITHER,
    ),
    Case(
        "lying.docx",
        lying_size,
        "says it is small: nothing is unpacked here, the reader of texts has limits of its own",
        EITHER,
    ),
    Case(
        "link.docx",
        symlink,
        "a link to a file of the server: nothing is unpacked to the disk",
        EITHER,
    ),
    Case("doubled.docx", doubled, "two parts of one name", EITHER),
    Case(
        "xxe.docx",
        lambda: made.docx(
            **{"word/x.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}
        ),
        "an outer entity in a part: the reader of texts refuses it",
        EITHER,
    ),
]
