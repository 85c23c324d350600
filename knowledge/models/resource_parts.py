"""Rows that belong to one resource: who made it, who published it, its files."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.models.organisation import Organisation
from knowledge.models.resource import Resource


class NamedParty(Orderable):
    """Somebody who is named by an organisation of the directory or by a literal name."""

    # The columns are the heirs': each says what they mean there.
    organisation: Organisation | None
    name: str

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The literal name, else the organisation's."""
        return self.name or (self.organisation.name if self.organisation else "")

    @property
    def public_organisation(self) -> Organisation | None:
        """The organisation if everybody may see its profile."""
        return self.organisation if self.organisation and self.organisation.is_public else None

    @property
    def public_name(self) -> str:
        """The literal name, else that of a public profile: a hidden one is not told by its works."""
        return self.name or (self.public_organisation.name if self.public_organisation else "")

    def clean(self) -> None:
        """Somebody must be named. Raises ValidationError."""
        super().clean()
        if not self.name and self.organisation is None:
            raise ValidationError({"name": _("Enter a name or choose an organisation.")})


class Contributor(NamedParty):
    """An author, editor or translator: a person or an organisation, in the order given.

    Names are literal. They are never split into family and given name: most of our users' names do
    not work that way, and organisations have no family name.
    """

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="contributors")
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=ContributorRole.choices,
        default=ContributorRole.AUTHOR,
    )
    kind = models.CharField(
        _("kind"),
        max_length=14,
        choices=ContributorKind.choices,
        default=ContributorKind.PERSON,
    )
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation in the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("As it is printed. Not needed if you choose an organisation."),
    )

    class Meta(NamedParty.Meta):
        abstract = False
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def clean(self) -> None:
        """A chosen organisation is an organisation. Raises ValidationError if nobody is named."""
        super().clean()
        if self.organisation_id:
            self.kind = ContributorKind.ORGANISATION


class Publisher(NamedParty):
    """Who published the resource: an organisation of the directory or a literal name."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="publishers")
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation in the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="publications",
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Not needed if you choose an organisation."),
    )

    class Meta(NamedParty.Meta):
        abstract = False
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")


class ResourceFile(Orderable):
    """A file of a resource. Its address belongs to the document and survives replacement."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "base.Document",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="resource_files",
    )
    label = models.CharField(
        _("label"),
        max_length=150,
        blank=True,
        help_text=_("What visitors read, for example: worksheets. Empty: the file's title."),
    )
    language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.label or str(self.document)

    @property
    def display_label(self) -> str:
        """The label, else the document's title."""
        return self.label or str(self.document.title)

    @property
    def url(self) -> str:
        """Stable public address."""
        return reverse("file", args=[self.document.public_id, self.document.filename])

    @property
    def size(self) -> int | None:
        """Bytes, if known."""
        size: int | None = self.document.file_size
        return size

    @property
    def extension(self) -> str:
        """Kind of file as people say it: PDF, DOCX."""
        return str(self.document.file_extension).upper()
