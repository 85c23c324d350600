"""What resources and organisations have in common: identity, lifecycle, language versions."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from knowledge.enums import Visibility
from knowledge.slugs import slug_for
from nexsm.base.media.names import has_something_to_see


class Tag(TagBase):
    """A free keyword."""

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]


class TaggedItem(ItemBase):
    """Base of the rows that join a tag and an item."""

    class Meta:
        abstract = True


class CuratedItem(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """A public item that is drafted, reviewed, published and withdrawn."""

    # The field that names the item.
    HEADING: ClassVar[str]

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    import_source = models.CharField(_("import source"), max_length=60, blank=True, editable=False)
    # Null, not empty, for items that were not imported: the constraint is on source and id.
    import_id = models.CharField(  # noqa: DJ001
        _("id at the source"), max_length=200, null=True, blank=True, editable=False
    )
    visibility = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        help_text=_("Items for signed-in people never appear in public search results."),
    )
    is_example = models.BooleanField(
        _("example content"),
        default=False,
        help_text=_("Marks invented content. The page then says so."),
    )
    withdrawn_reason = models.CharField(
        _("reason if withdrawn"),
        max_length=300,
        blank=True,
        help_text=_("Shown to visitors after you take the item offline. One plain sentence."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def revisions(self) -> Any:
        """All saved versions (the name Wagtail's mixins expect)."""
        return self._revisions

    @property
    def heading(self) -> str:
        """The text that names the item: title or name."""
        raise NotImplementedError  # pragma: no cover - every concrete model has one

    def clean(self) -> None:
        """What cannot be seen names nothing: a link of it would be empty. Raises ValidationError."""
        super().clean()
        if self.heading and not has_something_to_see(self.heading):
            raise ValidationError(
                {self.HEADING: _("Please use letters or digits that can be seen.")}
            )

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, also people who are not signed in."""
        return self.live and self.visibility == Visibility.PUBLIC

    @property
    def slug(self) -> str:
        """Readable part of the address; the number before it is what counts."""
        return slug_for(self.heading)


class Tombstone(models.Model):
    """A withdrawn or deleted item: its address answers 410, harvesters see it as deleted."""

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.PositiveBigIntegerField(_("number"))
    public_id = models.UUIDField(_("public id"))
    title = models.CharField(_("title"), max_length=300)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    successor = models.CharField(_("what replaces it"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), default=timezone.now)

    class Meta:
        verbose_name = _("withdrawn item")
        verbose_name_plural = _("withdrawn items")
        ordering = ["-withdrawn_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="tombstone_once_per_item"),
        ]

    def __str__(self) -> str:
        return self.title
