"""Building blocks of the edit forms. Every field explains itself in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, PublishingPanel
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminDateTimeInput

from knowledge.models import Term

Text = str | Promise


class CuratedForm(WagtailAdminModelForm):
    """Offers only the vocabulary rows in use, and those that the item has already.

    It also names the editors for rich text, which Wagtail leaves without a name for screen readers.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            queryset = getattr(field, "queryset", None)
            if queryset is not None and issubclass(queryset.model, Term):
                field.queryset = queryset.filter(Q(is_active=True) | Q(pk__in=self._chosen(name)))
            if isinstance(field.widget, DraftailRichTextArea):
                options = {**field.widget.options, "ariaLabel": str(field.label)}
                field.widget.options = options

    def _chosen(self, name: str) -> list[Any]:
        initial = self.initial.get(name)
        values = initial if isinstance(initial, Iterable) else [initial]
        return [getattr(value, "pk", value) for value in values if value is not None]


def field(name: str, help_text: Text = "", **kwargs: Any) -> FieldPanel:
    """A field. Without ``help_text`` the model's own is shown."""
    return FieldPanel(name, help_text=help_text, **kwargs)


def one_of(name: str, help_text: Text = "", **kwargs: Any) -> FieldPanel:
    """A short list to choose one row from; Wagtail would open a window for it."""
    return field(name, help_text, widget=forms.Select, **kwargs)


def many_of(name: str, help_text: Text = "", **kwargs: Any) -> FieldPanel:
    """Boxes to tick, in columns."""
    return field(
        name,
        help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "nexsm-columns"}),
        **kwargs,
    )


def group(heading: Text, *children: Panel, help_text: Text = "") -> MultiFieldPanel:
    """Fields that belong together."""
    return MultiFieldPanel(list(children), heading=heading, help_text=help_text)


def tab(heading: Text, *children: Panel) -> ObjectList:
    """A tab of the form."""
    return ObjectList(list(children), heading=heading)


def schedule() -> PublishingPanel:
    """Dates for going online and offline; Wagtail shows them in a window of the side panel."""
    # The attributes are those of Wagtail's own PublishingPanel.
    widget = AdminDateTimeInput(
        js_overlay_parent_selector="#schedule-publishing-dialog",
        attrs={
            "data-controller": "w-action",
            "data-action": "w-dialog:hidden->w-action#reset",
            "data-w-dialog-target": "notify",
        },
    )
    return PublishingPanel(
        children=[
            field("go_live_at", _("From then on visitors see it."), widget=widget),
            field("expire_at", _("From then on it is offline, with a notice."), widget=widget),
        ]
    )


def publication_tab() -> ObjectList:
    """What decides who sees an item."""
    return tab(
        _("Publication"),
        group(_("Who sees it"), field("visibility"), field("is_example")),
        group(
            _("When it goes offline"),
            field("withdrawn_reason"),
            help_text=_("Dates for going online and offline are in the panel at the side."),
        ),
        schedule(),
    )
