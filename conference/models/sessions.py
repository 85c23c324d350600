"""Pages of sessions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from conference.enums import SessionFormat
from conference.models.forms import OccurrenceForm, SessionPageForm
from conference.models.identity import IdentifiedInlinePanel, LastingIdentity
from conference.models.panels import ConflictsPanel
from conference.models.programme import RICH_TEXT
from conference.models.routing import ConferenceRoutes, SessionRoutes, reserved_slugs
from nexsm.base.blocks import BodyBlock
from nexsm.base.similar import similar_items


class SessionPage(SessionRoutes, LastingIdentity, Page):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """A session: what it is about and who takes part. Its times are rows below it."""

    import_id = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    title_is_placeholder = models.BooleanField(
        _("the programme gives no title"),
        default=False,
        help_text=_("The title above is then only for lists and the address of the page."),
    )
    subtitle = models.CharField(
        _("subtitle"),
        max_length=300,
        blank=True,
        help_text=_("The line below the title, if the programme has one."),
    )
    format = models.CharField(
        _("format"),
        max_length=20,
        choices=SessionFormat.choices,
        blank=True,
        help_text=_("Leave empty if the programme does not say."),
    )
    format_label = models.CharField(
        _("format as printed"),
        max_length=120,
        blank=True,
        help_text=_("Shown instead of the format above."),
    )
    track = models.CharField(
        _("track"), max_length=120, blank=True, help_text=_("Thread of subjects, if there is one.")
    )
    languages = ParentalManyToManyField(
        "knowledge.Language",
        verbose_name=_("spoken languages"),
        blank=True,
        related_name="conference_sessions",
        help_text=_("The languages people speak in this session."),
    )
    interpretation = ParentalManyToManyField(
        "knowledge.Language",
        verbose_name=_("interpreted into"),
        blank=True,
        related_name="interpreted_sessions",
        help_text=_("Also sign languages."),
    )
    languages_as_shown = models.CharField(
        _("languages as printed"), max_length=60, blank=True, help_text=_("For example: DE/EN")
    )
    people_as_shown = models.CharField(
        _("people as printed"),
        max_length=500,
        blank=True,
        help_text=_("The whole line of the programme, if it differs from the names with commas."),
    )
    abstract = RichTextField(
        _("what it is about"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("A few sentences, as announced."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("more text"),
        blank=True,
        help_text=_("Everything else worth knowing. Leave it empty if nothing more is needed."),
    )
    results = RichTextField(
        _("results"), blank=True, features=RICH_TEXT, help_text=_("What came out of this session.")
    )

    base_form_class = SessionPageForm
    parent_page_types: ClassVar[list[str]] = ["conference.ConferencePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "conference/session_page.html"

    content_panels = [
        FieldPanel("title"),
        FieldPanel("title_is_placeholder"),
        FieldPanel("subtitle"),
        FieldRowPanel([FieldPanel("format"), FieldPanel("format_label")]),
        FieldPanel("track"),
        MultiFieldPanel(
            [
                FieldPanel("languages"),
                FieldPanel("interpretation"),
                FieldPanel("languages_as_shown"),
            ],
            heading=_("Languages"),
        ),
        FieldPanel("abstract"),
        FieldPanel("body"),
    ]
    times_panels = [
        ConflictsPanel(),
        IdentifiedInlinePanel(
            "occurrences",
            heading=_("Times"),
            label=_("Time"),
            row_form=OccurrenceForm,
            help_text=_("A session that is repeated gets one row for each time."),
        ),
    ]
    people_panels = [
        FieldPanel("people_as_shown"),
        InlinePanel("participations", heading=_("People"), label=_("Person")),
        InlinePanel("organisation_links", heading=_("Organisations"), label=_("Organisation")),
    ]
    documentation_panels = [
        FieldPanel("results"),
        IdentifiedInlinePanel("documentation", heading=_("Documentation"), label=_("Item")),
        InlinePanel("resource_links", heading=_("Related resources"), label=_("Resource")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(times_panels, heading=_("Times and rooms")),
            ObjectList(people_panels, heading=_("People")),
            ObjectList(documentation_panels, heading=_("Documentation")),
            ObjectList(Page.promote_panels, heading=_("Address and search engines")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("abstract"),
        index.SearchField("body"),
        index.RelatedFields("participations", [index.SearchField("name_as_shown")]),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @property
    def language_code(self) -> str:
        """Language of the text, which may differ from the interface's."""
        return self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE

    @property
    def shown_title(self) -> str:
        """The printed title, empty where the programme gives none."""
        return "" if self.title_is_placeholder else self.title

    @property
    def heading(self) -> str:
        """The printed title, else the format, else what lists call it; never empty."""
        return self.shown_title or self.shown_format or self.title

    @property
    def shown_format(self) -> str:
        """The format as printed, else in our words, else nothing."""
        return self.format_label or (str(SessionFormat(self.format).label) if self.format else "")

    def clean(self) -> None:
        """Raises ValidationError for a slug that is an address of the conference."""
        super().clean()
        if self.slug in reserved_slugs(ConferenceRoutes):
            raise ValidationError({"slug": _("The conference uses this address itself.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add times, people and the conference."""
        from conference.queries import session_context  # noqa: PLC0415 - the one stated exception

        context = super().get_context(request, *args, **kwargs)
        viewer = getattr(request, "user", None)
        context.update(session_context(session=self, viewer=viewer))
        context["similar_items"] = similar_items(self, request)
        return context
