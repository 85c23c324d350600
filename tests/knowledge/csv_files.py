"""CSV files for tests of the imports."""

import csv
import io

RESOURCE = {
    "id": "r001",
    "title": "Verein gründen – Schritt für Schritt",
    "summary": "Was ein neuer Verein braucht.",
    "body": "Erster Absatz.\n\nZweiter Absatz.",
    "type": "guide",
    "language": "de",
    "publisher": "Verlag für Vereine",
    "authors": "Amina Yıldız;Oleksandr Шевченко",
    "year": "2024",
    "regions": "DE-BE;AT",
    "topics": "funding;association-law",
    "tags": "Satzung;Ehrenamt",
    "licence": "CC-BY-4.0",
    "url": "https://example.org/verein",
}
ORGANISATION = {
    "id": "o001",
    "name": "Brücke der Kulturen",
    "short_name": "BdK",
    "kind": "organisation",
    "description": "Wir beraten Familien.",
    "languages": "de;ar",
    "country": "DE",
    "region": "DE-BE",
    "city": "Berlin",
    "postal_code": "10115",
    "topics": "funding",
    "founded": "1998",
    "website": "https://example.org",
    "social": "https://www.instagram.com/bdk;https://t.me/bdk",
}


def text_of(rows, columns=None, delimiter=","):
    """CSV text with a header."""
    buffer = io.StringIO()
    names = columns or list(rows[0])
    writer = csv.DictWriter(buffer, names, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def resource(**changes):
    return {**RESOURCE, **changes}


def organisation(**changes):
    return {**ORGANISATION, **changes}


def resources(number, **changes):
    """Rows r001, r002, … with titles of their own."""
    return [
        resource(id=f"r{place:03}", title=f"Titel {place}", **changes)
        for place in range(1, number + 1)
    ]


def counts(report):
    return report.created, report.changed, report.unchanged
