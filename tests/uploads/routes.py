"""Every way a file can come into the site. A form with a file field that is not here fails a test."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Collection

from nexsm.base.models import Document, Image
from tests.base import media_corpus as made
from tests.factories.conference import default_index

MODELS = {"document": Document, "image": Image}


@dataclass
class Route:
    """A page that takes a file.

    ``kind``: document, image, or other (then every file of the corpus must be refused).
    """

    kind: str
    path: str
    field: str = "file"
    prefix: str = ""
    json: bool = False
    target: int | None = None  # the row whose file is to be replaced

    def send(self, client, name, content):
        """Post the file, with its name in the form that can carry any character (RFC 8187)."""
        data = {"title": "A title", "collection": Collection.objects.get().pk}
        data |= {self.field: SimpleUploadedFile("x", content)}
        body = encode_multipart(BOUNDARY, {self.prefix + key: data[key] for key in data})
        written = f"filename*=UTF-8''{quote(name, safe='')}".encode()
        return client.generic(
            "POST",
            self.path,
            body.replace(b'filename="x"', written, 1),
            content_type=MULTIPART_CONTENT,
            headers={"x-requested-with": "XMLHttpRequest"} if self.json else {},
        )

    def refusal(self, response):
        """What the page says against the file; empty if it was taken."""
        if self.json:
            answer = response.json()
            return "" if answer["success"] else answer["error_message"]
        if response.status_code == 302 or response.context is None:
            return ""
        if "refusal" in response.context:
            return str(response.context["refusal"])
        form = response.context.get("form")
        return " ".join(form.errors.get(self.field, [])) if form else ""


def _adding(kind, plural):
    chooser = f"{kind}-chooser-upload-"
    return {
        f"{kind} add": lambda: Route(kind, f"/admin/{plural}/add/"),
        f"{kind} multiple": lambda: Route(
            kind, f"/admin/{plural}/multiple/add/", field="files[]", json=True
        ),
        f"{kind} chooser": lambda: Route(kind, f"/admin/{plural}/chooser/create/", prefix=chooser),
    }


def _document_edit():
    document = Document.objects.create(title="x", file=ContentFile(made.PDF, "before.pdf"))
    path = reverse("wagtaildocs:edit", args=[document.pk])
    return Route("document", path, target=document.pk)


def _image_edit():
    picture = ContentFile(made.picture("PNG"), "before.png")
    image = Image.objects.create(title="x", file=picture)
    return Route("image", reverse("wagtailimages:edit", args=[image.pk]), target=image.pk)


def _schedule():
    path = reverse("conference_import_schedule", args=[default_index().pk])
    return Route("other", path)


# Made inside a test, because some need a row.
ROUTES = {
    **_adding("document", "documents"),
    "document edit": _document_edit,
    **_adding("image", "images"),
    "image edit": _image_edit,
    "schedule": _schedule,
}

# Form → the route by which its file field is tried. Wagtail makes the classes of its own pages
# from our two bases.
FORMS = {
    "nexsm.base.media.forms.DocumentForm": "document add",
    "nexsm.base.media.forms.ImageForm": "image add",
    "wagtail.documents.forms.DocumentForm": "document add",
    "wagtail.images.forms.ImageForm": "image add",
    "conference.admin.schedule_import.UploadForm": "schedule",
}
