"""Small files of every kind, made by hand, and files that mean harm."""

from __future__ import annotations

import io
import zipfile
import zlib

from fpdf import FPDF

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("style", "style"),
        ("presentation", "presentation"),
    )
)
_FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
OLE_ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
# What takes the place of a word on each page nobody looks for.
FILLER = "Hier steht etwas anderes."


def pdf(pages, *, password=""):
    """A PDF with a text on each page; an empty text makes an empty page, as a scan does."""
    sheet = FPDF()
    sheet.core_fonts_encoding = "cp1252"
    sheet.set_font("Helvetica", size=11)
    if password:
        sheet.set_encryption(owner_password=password, user_password=password)
    for text in pages:
        sheet.add_page()
        if text:
            sheet.multi_cell(0, 6, text)
    return bytes(sheet.output())


def pages_with(word, *, at, count):
    """Texts of pages, with a word on one of them, counted from 1."""
    return [f"{FILLER} {word}" if page == at else FILLER for page in range(1, count + 1)]


def pdf_bomb(size):
    """One page whose content unpacks to this many bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    head = (
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>endobj\n"
            b"4 0 obj<</Filter/FlateDecode/Length "
        )
        + str(len(packed)).encode()
        + b">>stream\n"
    )
    return (
        head + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
    )


def archive(parts, *, mimetype=""):
    """A zip archive, as Office and OpenDocument files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        if mimetype:
            target.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def docx(body, **parts):
    """A Word file with this XML as its body."""
    document = f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>"
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **parts})


def runs(*texts):
    """A paragraph of Word for each text."""
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def pptx(slides):
    """A PowerPoint file; its parts are numbered the other way round than the slides are shown."""
    count = len(slides)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, count + 1))
    relations = "".join(
        f'<Relationship Id="r{n}" Target="slides/slide{count + 1 - n}.xml"/>'
        for n in range(1, count + 1)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<Relationships {_RELATIONS}>{relations}</Relationships>",
    }
    for number, text in enumerate(slides, start=1):
        parts[f"ppt/slides/slide{count + 1 - number}.xml"] = (
            f"<p:sld {_P} {_A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
        )
    return archive(parts)


def _open_document(kind, body, *, styles="", **parts):
    content = (
        f"<office:document-content {_ODF} {_FO}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"content.xml": content, **parts}, mimetype=mimetype)


def odt(body, **parts):
    """A LibreOffice text with this XML as its body; the style ``new`` begins a page."""
    style = (
        '<style:style style:name="new"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    return _open_document("text", f"<office:text>{body}</office:text>", styles=style, **parts)


def odt_encrypted():
    """A LibreOffice text with a password: what is packed is not XML any more."""
    manifest = (
        "<m:manifest xmlns:m='urn:m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    return archive(
        {"META-INF/manifest.xml": manifest, "content.xml": bytes(range(256))},
        mimetype="application/vnd.oasis.opendocument.text",
    )


def odp(slides):
    """Slides of LibreOffice, each with notes for who speaks."""
    pages = "".join(
        f"<draw:page><text:p>{text}</text:p><presentation:notes><text:p>Notiz</text:p>"
        "</presentation:notes></draw:page>"
        for text in slides
    )
    return _open_document("presentation", f"<office:presentation>{pages}</office:presentation>")
