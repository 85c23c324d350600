"""PDF files and web pages that say something about themselves."""

from __future__ import annotations

import json

from fpdf import FPDF

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:rights="http://ns.adobe.com/xap/1.0/rights/" pdf:Producer="x"
 rights:WebStatement="https://creativecommons.org/licenses/by-sa/4.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>ar</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def xmp(title="Vereine gründen", creators=("Amina Haddad",)):
    """A packet of properties."""
    entries = "".join(f"<rdf:li>{name}</rdf:li>" for name in creators)
    return XMP.format(title=title, creators=entries)


def pdf(text="Text.", *, title="", author="", subject="", language="", packet="", password=""):
    """A PDF with these properties and one page."""
    sheet = FPDF()
    sheet.set_font("Helvetica", size=11)
    sheet.set_title(title)
    sheet.set_author(author)
    sheet.set_subject(subject)
    if language:
        sheet.set_lang(language)
    if packet:
        sheet.set_xmp_metadata(packet)
    if password:
        sheet.set_encryption(owner_password=password, user_password=password)
    sheet.add_page()
    sheet.multi_cell(0, 6, text)
    return bytes(sheet.output())


def page(*tags, json_ld=None, title="", lang=""):
    """A web page; ``tags`` are pairs of name and content."""
    metas = "".join(f'<meta name="{name}" content="{content}">' for name, content in tags)
    script = ""
    if json_ld is not None:
        script = f'<script type="application/ld+json">{json.dumps(json_ld)}</script>'
    html = f'<html lang="{lang}"><head><title>{title}</title>{metas}{script}</head></html>'
    return html.encode()
