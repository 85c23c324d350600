"""What tests of imports on the web do in the place of a person."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import ImportRun
from tests.knowledge.csv_files import resources

START = "/de/mitmachen/import/"
GERMAN = "Nr;Titel;Art;Sprachen;Autor*innen;Notiz\n1;Satzung schreiben;Leitfaden;de;Ada;x\n"


def upload(client, content, address=START, name="liste.csv", **values):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(address, {"file": SimpleUploadedFile(name, data), **values})


def listed(number, **changes):
    """Rows that resemble neither each other nor anything else."""
    rows = resources(number, **changes)
    return [{**row, "url": f"https://example.org/{row['id']}"} for row in rows]


def run_of(response):
    return ImportRun.objects.get(public_id=response.url.rstrip("/").rpartition("/")[2])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def columns(client, response, **changes):
    """Answer the question about the columns as it was guessed, with some changes."""
    form = client.get(response.url).context["form"]
    values = {name: field.initial or "" for name, field in form.fields.items()}
    return client.post(response.url, {**values, **changes, "step": "columns"})


def checked(client, content, organisation, **changes):
    response = upload(client, content, organisation=organisation.pk)
    columns(client, response, **changes)
    return response.url
