"""Files made by hand: good ones, and every kind of bad one we know. Nothing is stored in git."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image

DAMAGED = "damaged"


@dataclass(frozen=True)
class Sample:
    """One file, and what must happen to it."""

    name: str
    content: bytes
    reason: str = ""  # the code of the refusal; empty: it must be accepted

    @property
    def label(self) -> str:
        """A readable name of the test."""
        return f"{self.reason or 'ok'}-{ascii(self.name)[:40]}"


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)
PDF_ENCRYPTED = PDF.replace(b"/Size 4", b"/Size 4/Encrypt 9 0 R")
PE = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLE_ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
)
OLE_MACRO = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT".encode("utf-16-le")
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(400)
MP4 = struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 0, b"isom") + bytes(100)
HEIC = struct.pack(">I4s4sI4s", 20, b"ftyp", b"heic", 0, b"heic") + bytes(100)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(100)
MKV = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + bytes(100)


def archive(parts: dict[str, bytes], first: tuple[str, bytes] | None = None) -> bytes:
    """A zip archive; `first` is stored without packing, as OpenDocument wants its type."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        if first:
            target.writestr(first[0], first[1], zipfile.ZIP_STORED)
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def docx(**extra: bytes) -> bytes:
    """The smallest archive that calls itself a Word document."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    return archive(parts | extra)


def office(main_part: str) -> bytes:
    """An Office archive with this main part."""
    return archive({"[Content_Types].xml": b"<Types/>", main_part: b"<x/>"})


def open_document(mime: str, **extra: bytes) -> bytes:
    """An OpenDocument or EPUB archive."""
    return archive({"content.xml": b"<x/>"} | extra, ("mimetype", mime.encode()))


ODT = open_document("application/vnd.oasis.opendocument.text")


def overlapping_docx() -> bytes:
    """Two entries of the directory that point to the same bytes."""
    content = docx()
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("word/a.xml", b"x" * 4000)
        clone = zipfile.ZipInfo("word/b.xml")
        original = target.getinfo("word/a.xml")
        clone.header_offset = original.header_offset
        clone.compress_size = original.compress_size
        clone.file_size = original.file_size
        clone.CRC = original.CRC
        target.filelist.append(clone)
        target.NameToInfo[clone.filename] = clone
    return out.getvalue()


def claiming_docx() -> bytes:
    """A directory that claims 1 GiB for one part."""
    content = bytearray(docx())
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1 << 30)
    return bytes(content)


def many_entries() -> bytes:
    """More parts than any honest document."""
    return docx(**{f"word/{number}.xml": b"" for number in range(2100)})


def huge_directory() -> bytes:
    """An end record that announces 60,000 entries."""
    content = bytearray(docx())
    at = content.rfind(b"PK\x05\x06")
    content[at + 8 : at + 12] = struct.pack("<HH", 60_000, 60_000)
    return bytes(content)


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture with a red corner at the upper left."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, max(size[0] // 4, 1), max(size[1] // 4, 1)))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif_with_place(orientation: int = 1) -> bytes:
    """Camera data with the coordinates of a flat in Berlin, a serial number and an author."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CAMERAMAKER"
    exif[0x013B] = "AUTHORNAME"
    exif.get_ifd(0x8769)[0xA431] = "SERIAL123"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 31.0, 12.0)
    place[3], place[4] = "E", (13.0, 24.0, 36.0)
    return exif.tobytes()


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="52,31.2N"/></x:xmpmeta>'
SECRETS = (b"CAMERAMAKER", b"AUTHORNAME", b"SERIAL123", b"GPSLatitude", b"52,31", b"HIDDENNOTE")


def with_place(kind: str, orientation: int = 1) -> bytes:
    """A picture that says where it was taken, in every place a format has for it."""
    options: dict[str, object] = {"exif": exif_with_place(orientation)}
    if kind in {"JPEG", "WEBP"}:
        options["xmp"] = XMP
    if kind == "JPEG":
        options["comment"] = b"HIDDENNOTE"
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text("Comment", "HIDDENNOTE")
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = info
    return picture(kind, **options)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *extra: bytes, data: bytes | None = None) -> bytes:
    """A PNG put together by hand; the data need not fit the size claimed."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    if data is None:
        data = zlib.compress(b"\0" * (1 + 3 * width) * height)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            *extra,
            png_chunk(b"IDAT", data),
            png_chunk(b"IEND", b""),
        )
    )


def ztxt_bomb() -> bytes:
    """A packed text of 64 MiB in a PNG of a few kilobytes."""
    text = zlib.compress(b"\0" * (64 << 20), 9)
    return png(10, 10, png_chunk(b"zTXt", b"Comment\0\0" + text))


def gif_bomb(frames: int = 300, side: int = 3000) -> bytes:
    """Few bytes, but thousands of millions of pixels over all frames."""
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


def gif_growing_frame() -> bytes:
    """A small canvas with a frame far outside of it, which makes decoders enlarge the canvas."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame + b";"


def webp_claiming(width: int, height: int) -> bytes:
    """A WebP whose canvas is far too big."""
    body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunks = b"WEBPVP8X" + struct.pack("<I", 10) + body
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def animated(kind: str) -> bytes:
    """Three frames."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=80, loop=0)
    return out.getvalue()


GOOD_IMAGES = [
    Sample("photo.jpg", picture("JPEG")),
    Sample("PHOTO.JPEG", picture("JPEG")),
    Sample("scan.png", picture("PNG")),
    Sample("web.webp", picture("WEBP")),
    Sample("old.gif", picture("GIF")),
    Sample("moving.gif", animated("GIF")),
    Sample("moving.webp", animated("WEBP")),
    Sample("moving.png", animated("PNG")),
]

BAD_IMAGES = [
    Sample("empty.png", b"", "file_empty"),
    Sample("drawing.svg", SVG, "file_kind"),
    Sample("drawing.png", SVG, "file_content"),
    Sample("page.jpg", HTML, "file_content"),
    Sample("program.png", PE, "file_content"),
    Sample("really-a-pdf.png", PDF, "file_content"),
    Sample("really-a-png.jpg", picture("PNG"), "file_content"),
    Sample("noextension", picture("PNG"), "file_kind"),
    Sample("photo.tiff", picture("TIFF"), "file_kind"),
    Sample("photo.heic", HEIC, "file_kind"),
    Sample("cut.png", picture("PNG", (200, 200))[:-300], "image_damaged"),
    Sample("cut-in-data.png", png(50, 50, data=b"\x78\x9c\x00"), "image_damaged"),
    Sample("cut.jpg", picture("JPEG", (400, 400))[:-900], "image_damaged"),
    Sample("cut-header.jpg", picture("JPEG")[:20], "image_damaged"),
    Sample("cut.gif", picture("GIF", (200, 200))[:-100], "image_damaged"),
    Sample("cut.webp", picture("WEBP", (200, 200))[:-20], "image_damaged"),
    Sample("only-signature.png", b"\x89PNG\r\n\x1a\n", "image_damaged"),
    Sample("only-signature.gif", b"GIF89a", "image_damaged"),
    Sample("only-signature.webp", b"RIFF\x04\0\0\0WEBP", "image_damaged"),
    Sample("bomb-text.png", ztxt_bomb(), "image_damaged"),
    Sample("claims-a-lot.png", png(60_000, 60_000, data=b""), "image_pixels"),
    Sample("frames.gif", gif_bomb(), "image_pixels"),
    Sample("growing.gif", gif_growing_frame(), "image_pixels"),
    Sample("claims-a-lot.webp", webp_claiming(16_000, 16_000), "image_pixels"),
    Sample(
        "frames.png",
        png(3000, 3000, png_chunk(b"acTL", struct.pack(">II", 1000, 0)), data=b""),
        "image_pixels",
    ),
]

GOOD_DOCUMENTS = [
    Sample("report.pdf", PDF),
    Sample("locked.pdf", PDF_ENCRYPTED),
    Sample("letter.docx", docx()),
    Sample("locked.docx", OLE_ENCRYPTED),
    Sample("online.docx", office("word/document2.xml")),
    Sample("slides.pptx", office("ppt/presentation.xml")),
    Sample("table.xlsx", office("xl/workbook.xml")),
    Sample("letter.odt", ODT),
    Sample("slides.odp", open_document("application/vnd.oasis.opendocument.presentation")),
    Sample("table.ods", open_document("application/vnd.oasis.opendocument.spreadsheet")),
    Sample("book.epub", open_document("application/epub+zip")),
    Sample("notes.txt", "Grüße aus Köln, Привіт, مرحبا\r\n".encode()),
    Sample("notes16.txt", "Grüße".encode("utf-16")),
    Sample("old.txt", "Grüße".encode("cp1252")),
    Sample("table.csv", b"\xef\xbb\xbfa;b\r\n1;2\r\n"),
    Sample("talk.mp3", MP3),
    Sample("frame.mp3", b"\xff\xfb\x90\x00" + bytes(400)),
    Sample("talk.m4a", MP4.replace(b"isom", b"M4A ")),
    Sample("talk.ogg", b"OggS" + bytes(100)),
    Sample("film.mp4", MP4),
    Sample("film.webm", WEBM),
    Sample("scan.png", picture("PNG")),
    Sample("photo.jpg", picture("JPEG")),
]

BAD_DOCUMENTS = [
    Sample("empty.pdf", b"", "file_empty"),
    Sample("program.pdf", PE, "file_content"),
    Sample("program2.pdf", ELF, "file_content"),
    Sample("page.pdf", HTML, "file_content"),
    Sample("page.docx", HTML, "file_content"),
    Sample("program.docx", PE, "file_content"),
    Sample("page.html", HTML, "file_kind"),
    Sample("drawing.svg", SVG, "file_kind"),
    Sample("program.exe", PE, "file_kind"),
    Sample("archive.zip", archive({"a.txt": b"x"}), "file_kind"),
    Sample("script.js", b"alert(1)", "file_kind"),
    Sample("macro.docm", docx(), "file_kind"),
    Sample("noextension", PDF, "file_kind"),
    Sample("report.pdf.exe", PDF, "file_kind"),
    Sample("zip.pdf", archive({"a.txt": b"x"}), "file_content"),
    Sample("zip.docx", archive({"a.txt": b"x"}), "file_content"),
    Sample("really.docx", PDF, "file_content"),
    Sample("really.xlsx", docx(), "file_content"),
    Sample("old-word.docx", OLE_MACRO, "file_content"),
    Sample("hidden.pdf", PE + PDF, "file_content"),
    Sample("binary.txt", bytes(range(256)), "file_content"),
    Sample("page.txt", HTML, "file_content"),
    Sample("script.csv", b"#!/bin/sh\nrm -rf /\n", "file_content"),
    Sample("zero.txt", b"a\0b", "file_content"),
    Sample("photo.mp4", HEIC, "file_content"),
    Sample("film.webm", MKV, "file_content"),
    Sample("noise.mp3", b"\xff\xff\xff\xff" + bytes(50), "file_content"),
    Sample("cut.pdf", PDF[:-40], "pdf_incomplete"),
    Sample("cut.docx", docx()[:-30], "archive_damaged"),
    Sample("cut-start.odt", b"PK\x03\x04" + bytes(100), "archive_damaged"),
    Sample("bomb.docx", docx(**{"word/big.xml": bytes(30 << 20)}), "archive_bomb"),
    Sample("claim.docx", claiming_docx(), "archive_bomb"),
    Sample("overlap.docx", overlapping_docx(), "archive_bomb"),
    Sample("many.docx", many_entries(), "archive_entries"),
    Sample("directory.docx", huge_directory(), "archive_entries"),
    Sample("climb.docx", docx(**{"../../evil.xml": b"x"}), "archive_path"),
    Sample("climb2.docx", docx(**{"word\\..\\..\\evil": b"x"}), "archive_path"),
    Sample("root.docx", docx(**{"/etc/passwd": b"x"}), "archive_path"),
    Sample("drive.docx", docx(**{"C:/evil": b"x"}), "archive_path"),
    Sample("binary.xlsx", office("xl/workbook.bin"), "file_content"),
    Sample("macro.docx", docx(**{"word/vbaProject.bin": b"x"}), "archive_macros"),
    Sample(
        "macro.odt",
        open_document(
            "application/vnd.oasis.opendocument.text", **{"Basic/Standard/Module1.xml": b"x"}
        ),
        "archive_macros",
    ),
    Sample("cut.png", picture("PNG", (200, 200))[:-300], "image_damaged"),
    Sample("bomb.gif", gif_bomb(), "image_pixels"),
]
