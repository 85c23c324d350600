"""Identities that survive drafts, roll-back, translation, and are renewed by copying.

Calendars, favourites and schedule exports know an occurrence by its UUID, for years. Two habits of
page editing work against that:

* A row below a page has no lasting primary key. A row saved in a draft has none at all until it is
  published, and publishing an older revision deletes rows and makes new ones. So the identity is a
  stored UUID, and the form carries it in a hidden field: a non-editable field would get a new value
  with every draft.
* Copying a page copies its rows with their UUIDs, and its revisions with them. Next year's
  conference would overwrite this year's entries in people's calendars.

The new UUIDs of a copy are computed from the copy's own translation key and the old UUID. Thus the
rows, all copied revisions and a page kept in step with another one (an alias) agree without a
table of who became what, and a translation (same translation key) keeps its UUIDs.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.panels.base import get_form_for_model

NEW_ROW = "new:"


class IdentifiedRow(models.Model):
    """A row below a page that is known outside by its UUID.

    The UUID is not unique in the database: a translation carries the same one as its source.
    Pages check it in `clean`, for each language.
    """

    uid = models.UUIDField(_("lasting identity"), default=uuid.uuid4, db_index=True)

    # Whether a copy of the page gets a new UUID for this row; False where only the page knows it.
    renewed_by_copying = True

    class Meta:
        abstract = True


def renewed(uid: uuid.UUID | str, translation_key: uuid.UUID) -> uuid.UUID:
    """Return the UUID that a row gets in the page with this translation key."""
    return uuid.uuid5(translation_key, str(uid))


class UidFormField(forms.CharField):
    """A hidden UUID. Empty and `new:…` stand for a row that has none yet."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return a UUID, or the marker of a new row. Raises ValidationError for anything else."""
        text = super().to_python(str(value or ""))
        if not text or text.startswith(NEW_ROW):
            return text
        try:
            return uuid.UUID(text)
        except ValueError as error:
            raise ValidationError(_("The identity of this row is damaged.")) from error


class IdentifiedRowForm(WagtailAdminModelForm):
    """Form of a row with a UUID.

    The browser makes new rows from one template, so all of them would carry the same UUID. The
    template carries a marker instead; the UUID is made of marker and row number, so that automatic
    saving, which sends the same new row again and again, gets the same UUID each time.
    """

    uid = UidFormField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and (self.is_bound or "__prefix__" in str(self.prefix)):
            self.initial["uid"] = f"{NEW_ROW}{self.instance.uid}"

    def clean_uid(self) -> uuid.UUID:
        """Keep the UUID, or make one for a new row."""
        value = self.cleaned_data.get("uid")
        if isinstance(value, uuid.UUID):
            return value
        if value:
            return uuid.uuid5(uuid.NAMESPACE_OID, f"{value}/{self.prefix}")
        return self.instance.uid


class IdentifiedInlinePanel(InlinePanel):
    """An inline panel whose rows keep their UUID. It brings the hidden field itself."""

    def __init__(
        self,
        relation_name: str,
        *args: Any,
        row_form: type[IdentifiedRowForm] = IdentifiedRowForm,
        **kwargs: Any,
    ) -> None:
        super().__init__(relation_name, *args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep the form when Wagtail binds the panel."""
        return {**super().clone_kwargs(), "row_form": self.row_form}

    @property
    def panel_definitions(self) -> list[Any]:
        """The declared panels with the hidden identity at the end."""
        panels = self.panels or self.db_field.related_model.panels
        return [*panels, FieldPanel("uid", classname="w-hidden")]

    def get_form_options(self) -> dict[str, Any]:
        """Use our form for the rows."""
        options = super().get_form_options()
        child_options = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.row_form,
            defer_required_on_fields=child_options.get("defer_required_on_fields", []),
        )
        return options


class LastingIdentity(models.Model):
    """A page with a UUID of its own and rows with UUIDs."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, editable=False, db_index=True)

    class Meta:
        abstract = True

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Renew the identities where the target is another work and not a translation.

        This is the one place that all ways of copying pass: by hand, recursive, from the admin, by
        the API, as an alias. (`Page.copy` is not: the admin and the recursion go round it.)
        """
        child_objects = super().copy_all_child_relations(target, *args, **kwargs)  # type: ignore[misc]
        if target.translation_key != self.translation_key:  # type: ignore[attr-defined]
            target.public_id = renewed(self.public_id, target.translation_key)
            _renew_rows(target)
        return child_objects

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Read a revision. One that was copied from another page gets this page's identities."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.public_id = self.public_id
        _forget_lost_keys(page)
        if str(content.get("translation_key")) != str(self.translation_key):  # type: ignore[attr-defined]
            _renew_rows(page)
        return page

    def clean(self) -> None:
        """Raises ValidationError when a UUID is used twice in one language."""
        super().clean()
        for relation in _identified_relations(self):
            rows = getattr(self, relation.get_accessor_name()).all()
            problem = duplicate_problem(self, relation.related_model, [row.uid for row in rows])
            if problem:
                raise ValidationError(problem)


def duplicate_problem(page: Any, model: Any, uids: list[Any]) -> str | None:
    """Say what is wrong when a UUID stands twice in a page or in another page of its language."""
    if len(set(uids)) < len(uids):
        return str(_("Two rows have the same identity. Delete one of them and add it again."))
    if not model.renewed_by_copying:
        return None
    parent = next(
        rel.field.name for rel in _identified_relations(page) if rel.related_model is model
    )
    taken = (
        model.objects.filter(uid__in=uids)
        .exclude(**{f"{parent}__translation_key": page.translation_key})
        .filter(**{f"{parent}__locale_id": page.locale_id})
    )
    if uids and taken.exists():
        return str(
            _("A row has the identity of a row in another page. Delete it and add it again.")
        )
    return None


def _forget_lost_keys(page: Any) -> None:
    """Make rows that were deleted since this revision new ones.

    Wagtail keeps their primary keys, and its form then refuses to save: rolling back would fail
    with a message about a hidden field.
    """
    for relation in get_all_child_relations(page):
        if relation.related_model._meta.app_label != "conference":  # noqa: SLF001 - documented API
            continue
        rows = [row for row in getattr(page, relation.get_accessor_name()).all() if row.pk]
        keys = [row.pk for row in rows]
        there = set(relation.related_model.objects.filter(pk__in=keys).values_list("pk", flat=True))
        for row in rows:
            if row.pk not in there:
                row.pk = None


def _identified_relations(page: Any) -> list[Any]:
    relations = get_all_child_relations(page)
    return [rel for rel in relations if issubclass(rel.related_model, IdentifiedRow)]


def _renew_rows(page: Any) -> None:
    for relation in _identified_relations(page):
        if not relation.related_model.renewed_by_copying:
            continue
        rows = list(getattr(page, relation.get_accessor_name()).all())
        for row in rows:
            row.uid = renewed(row.uid, page.translation_key)
        getattr(page, relation.get_accessor_name()).set(rows)
