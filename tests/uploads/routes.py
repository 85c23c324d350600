"""Every way a file can come into the site. A form with a file field that is not here fails a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Collection

from conference.models import Participation
from knowledge.enums import DraftStep
from knowledge.forms.profile import ProfileForm
from knowledge.services.drafts import writing
from knowledge.services.drafts.values import fingerprint
from nexsm.base.models import Document, Image
from tests.base import media_corpus as made
from tests.factories.accounts import UserFactory
from tests.factories.conference import (
    PersonFactory,
    SessionPageFactory,
    default_index,
    publish,
)
from tests.factories.knowledge import MembershipFactory

from .corpus import Case

MODELS = {"document": Document, "image": Image}


@dataclass
class Route:
    """A page that takes a file.

    ``kind``: document, image, table (an import; nothing that is no text may be taken for one) or
    other (then every file of the corpus must be refused). A file gets its verdict in one place
    (test_verdicts.py); one route of a kind meets them all, the others one of each kind of bad file.
    """

    kind: str
    path: str
    field: str = "file"
    prefix: str = ""
    json: bool = False
    meets_all: bool = False
    target: int | None = None  # the row whose file is to be replaced
    user: Any = None  # who sends it, if not a superuser
    # For pages that want more than a title: address and fields, made anew for every file.
    fresh: Callable[[], tuple[str, dict]] | None = None
    makes: frozenset[str] = frozenset()  # rows that `fresh` makes

    def send(self, client, name, content):
        """Post the file, with its name in the form that can carry any character (RFC 8187)."""
        path, data = self.fresh() if self.fresh else (self.path, self._title_and_collection())
        data |= {self.prefix + self.field: SimpleUploadedFile("x", content)}
        written = f"filename*=UTF-8''{quote(name, safe='')}".encode()
        return client.generic(
            "POST",
            path,
            encode_multipart(BOUNDARY, data).replace(b'filename="x"', written, 1),
            content_type=MULTIPART_CONTENT,
            headers={"x-requested-with": "XMLHttpRequest"} if self.json else {},
        )

    def _title_and_collection(self):
        collection = Collection.objects.get().pk
        return {f"{self.prefix}title": "A title", f"{self.prefix}collection": collection}

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
        f"{kind} add": lambda: Route(kind, f"/admin/{plural}/add/", meets_all=True),
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


def _draft_start():
    def fresh():
        return reverse("knowledge:draft_start"), {"key": str(uuid4()), "link": ""}

    return Route("document", "", user=UserFactory(), fresh=fresh)


def _draft_source():
    member = UserFactory()

    def fresh():
        draft = writing.begin(by=member, key=uuid4())
        path = reverse("knowledge:draft_step", args=[draft.public_id, DraftStep.SOURCE])
        return path, {"seen": fingerprint(draft.values, DraftStep.SOURCE), "page": "p"}

    makes = frozenset({"knowledge.ResourceDraft"})
    return Route("document", "", user=member, fresh=fresh, makes=makes)


def _documentation():
    speaker = UserFactory()
    named = Participation(name_as_shown="Ada", person=PersonFactory(name="Ada", user=speaker))
    session = publish(SessionPageFactory(participations=[named]))

    def fresh():
        path = reverse("conference:documentation_add", args=[session.pk])
        return path, {"kind": "slides", "title": "A title", "may_be_published": "on"}

    return Route("document", "", user=speaker, fresh=fresh)


def _logo():
    membership = MembershipFactory(role="owner")
    organisation = membership.organisation

    def fresh():
        organisation.refresh_from_db()
        newest = organisation.get_latest_revision_as_object()
        form = ProfileForm(instance=newest, initial={"seen": organisation.latest_revision_id})
        sent = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in sent.items() if value not in (None, False, "")}
        path = reverse("knowledge:organisation_profile", args=[organisation.public_id])
        return path, sent | {"tags": ""}

    return Route("image", "", field="new_logo", user=membership.user, fresh=fresh)


def _import():
    membership = MembershipFactory(role="owner")

    def fresh():
        path = reverse("knowledge:import_start")
        return path, {"organisation": membership.organisation_id}

    return Route("table", "", user=membership.user, fresh=fresh)


def _import_in_admin():
    return Route("table", "", fresh=lambda: (reverse("knowledge_import"), {"kind": "resource"}))


# Made inside a test, because some need a row.
ROUTES = {
    **_adding("document", "documents"),
    "document edit": _document_edit,
    **_adding("image", "images"),
    "image edit": _image_edit,
    "schedule": _schedule,
    "draft start": _draft_start,
    "draft source": _draft_source,
    "documentation": _documentation,
    "logo": _logo,
    "import": _import,
    "import in admin": _import_in_admin,
}

MUCH = 20  # bytes; of less nobody can tell what it is
# How files begin that are no text: programs, archives, pictures, Office.
NO_TEXT = (
    *(b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"PK", b"\x1f\x8b"),
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"II*", b"\xd0\xcf\x11\xe0"),
)


def is_no_text(case: Case) -> bool:
    """Whether no import may take this file for a table."""
    return len(case.content) >= MUCH and case.content.startswith(NO_TEXT)


# Form → the route by which its file field is tried. Wagtail makes the classes of its own pages
# from our two bases.
FORMS = {
    "nexsm.base.media.forms.DocumentForm": "document add",
    "nexsm.base.media.forms.ImageForm": "image add",
    "wagtail.documents.forms.DocumentForm": "document add",
    "wagtail.images.forms.ImageForm": "image add",
    "conference.admin.schedule_import.UploadForm": "schedule",
    "conference.forms.offers.OfferForm": "documentation",
    "knowledge.forms.drafts.StartForm": "draft start",
    "knowledge.forms.drafts.SourceForm": "draft source",
    "knowledge.forms.profile.ProfileForm": "logo",
    "knowledge.forms.importing.UploadForm": "import",
}
