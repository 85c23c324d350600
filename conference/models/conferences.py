"""Pages of conferences."""

from __future__ import annotations

import zoneinfo
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
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

from conference.enums import AttendanceMode, ConferenceState, OccurrenceStatus
from conference.models.forms import ConferencePageForm, TimedRowForm
from conference.models.identity import IdentifiedInlinePanel, LastingIdentity
from conference.models.panels import ConflictsPanel
from conference.models.programme import RICH_TEXT
from conference.models.routing import ConferenceRoutes
from conference.models.times import validate_timezone, zone_choices
from nexsm.base.blocks import BodyBlock


class ConferenceIndexPage(Page):
    """The list of all conferences."""

    introduction = models.TextField(
        _("introduction"), max_length=500, blank=True, help_text=_("One or two sentences.")
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["base.HomePage"]
    subpage_types: ClassVar[list[str]] = ["conference.ConferencePage"]
    template = "conference/conference_index_page.html"

    class Meta:
        verbose_name = _("list of conferences")
        verbose_name_plural = _("lists of conferences")

    @property
    def language_code(self) -> str:
        """Language of the text, which may differ from the interface's."""
        return self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the conferences, those to come first."""
        from conference.queries import conference_list  # noqa: PLC0415 - the one stated exception

        context = super().get_context(request, *args, **kwargs)
        context.update(conference_list(viewer=getattr(request, "user", None), index=self))
        return context


class ConferencePage(ConferenceRoutes, LastingIdentity, Page):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """A conference: facts, programme, and what stays of it."""

    import_id = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    subtitle = models.CharField(
        _("subtitle"),
        max_length=300,
        blank=True,
        help_text=_("The line below the title, if the programme has one."),
    )
    format_label = models.CharField(
        _("kind of event as printed"),
        max_length=100,
        blank=True,
        help_text=_("For example: Fachtagung."),
    )
    hashtag = models.CharField(
        _("hashtag"), max_length=60, blank=True, help_text=_("With the #, as it is printed.")
    )
    acronym = models.SlugField(
        _("short name for exports"),
        max_length=40,
        blank=True,
        help_text=_("Small letters and digits, for example nexsm24. Empty: from the address."),
    )
    date_start = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("Leave empty as long as it is not known."),
    )
    date_end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: it takes one day.")
    )
    time_text = models.CharField(
        _("time as printed"), max_length=100, blank=True, help_text=_("For example: 09:30 – 16:30")
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default=settings.TIME_ZONE,
        validators=[validate_timezone],
        help_text=_("All times of the programme are entered and shown in this zone."),
    )
    timezone_is_derived = models.BooleanField(
        _("time zone is concluded"),
        default=False,
        help_text=_("No source names it, for example because the city makes it clear."),
    )
    day_change = models.TimeField(
        _("a day ends at"),
        default=time(4, 0),
        help_text=_("What starts after midnight but before this hour belongs to the day before."),
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ConferenceState.choices,
        blank=True,
        help_text=_("Leave empty: then the date decides. Choose “cancelled” if it is called off."),
    )
    attendance_mode = models.CharField(
        _("how people take part"),
        max_length=10,
        choices=AttendanceMode.choices,
        blank=True,
        help_text=_("Leave empty if it is not known."),
    )
    venue = models.ForeignKey(
        "conference.Venue",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="conferences",
        help_text=_("Choose a house from the list, or add a new one there."),
    )
    venue_as_shown = models.TextField(
        _("venue as printed"),
        blank=True,
        help_text=_("The lines of the address as the programme prints them, if they differ."),
    )
    room = models.ForeignKey(
        "conference.Room",
        verbose_name=_("main room"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The room of the address. Sessions without a room stay without."),
    )
    website = models.URLField(
        _("website"),
        blank=True,
        help_text=_("Another site about this conference, if there is one."),
    )
    registration_url = models.URLField(
        _("registration"),
        blank=True,
        help_text=_("Where people sign up. Shown until the conference is over."),
    )
    registration_text = models.CharField(
        _("about registration"), max_length=300, blank=True, help_text=_("For example a deadline.")
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=1000,
        blank=True,
        help_text=_("What it is about, in two or three sentences."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Everything else worth knowing. Leave it empty if nothing more is needed."),
    )
    project_name = models.CharField(
        _("project"),
        max_length=255,
        blank=True,
        help_text=_("The project this conference belongs to, as printed."),
    )
    project_note = models.CharField(
        _("about the project"), max_length=300, blank=True, help_text=_("For example: since 2022.")
    )
    programme_heading = models.CharField(
        _("heading of the programme"), max_length=255, blank=True, help_text=_("As printed.")
    )
    programme_note = models.CharField(
        _("remark on the programme"),
        max_length=300,
        blank=True,
        help_text=_("For example: Änderungen vorbehalten"),
    )
    results = RichTextField(
        _("results"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("What came out of the whole conference."),
    )
    languages_as_shown = models.CharField(
        _("languages as printed"), max_length=200, blank=True, help_text=_("For example: DE/EN")
    )
    social_image = models.ForeignKey(
        "base.Image",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares the address of this page."),
    )
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Shows the mark “Example”.")
    )

    base_form_class = ConferencePageForm
    parent_page_types: ClassVar[list[str]] = ["conference.ConferenceIndexPage"]
    subpage_types: ClassVar[list[str]] = ["conference.SessionPage"]
    template = "conference/conference_page.html"

    facts_panels = [
        FieldPanel("title"),
        FieldPanel("subtitle"),
        FieldRowPanel([FieldPanel("format_label"), FieldPanel("hashtag")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date_start"), FieldPanel("date_end")]),
                FieldPanel("time_text"),
                FieldPanel("timezone", widget=forms.Select(choices=zone_choices())),
                FieldPanel("timezone_is_derived"),
                FieldPanel("day_change"),
                FieldPanel("state"),
            ],
            heading=_("Date and time"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("attendance_mode"),
                FieldPanel("venue"),
                FieldPanel("venue_as_shown"),
                FieldPanel("room"),
            ],
            heading=_("Place"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("registration_url"),
                FieldPanel("registration_text"),
                FieldPanel("website"),
                FieldPanel("languages_as_shown"),
            ],
            heading=_("Taking part"),
        ),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("is_example"),
    ]
    programme_panels = [
        ConflictsPanel(),
        FieldPanel("programme_heading"),
        FieldPanel("programme_note"),
        IdentifiedInlinePanel(
            "rounds",
            heading=_("Rounds"),
            label=_("Round"),
            row_form=TimedRowForm,
            help_text=_("Save the page first, then choose the round in each session."),
        ),
        IdentifiedInlinePanel(
            "schedule_items",
            heading=_("Entries without a page"),
            label=_("Entry"),
            row_form=TimedRowForm,
            help_text=_("Registration, greetings, breaks. Sessions are pages below this one."),
        ),
    ]
    people_panels = [
        MultiFieldPanel(
            [FieldPanel("project_name"), FieldPanel("project_note")], heading=_("Project")
        ),
        InlinePanel("organisers", heading=_("Organisations behind it"), label=_("Organisation")),
        InlinePanel("funders", heading=_("Funders"), label=_("Funder")),
        InlinePanel("contacts", heading=_("Contacts"), label=_("Contact")),
    ]
    documentation_panels = [
        FieldPanel("results"),
        IdentifiedInlinePanel("documentation", heading=_("Documentation"), label=_("Item")),
        InlinePanel("resource_links", heading=_("Related resources"), label=_("Resource")),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("acronym"), FieldPanel("social_image")]
    edit_handler = TabbedInterface(
        [
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList(people_panels, heading=_("People and organisations")),
            ObjectList(documentation_panels, heading=_("Documentation")),
            ObjectList(promote_panels, heading=_("Address and search engines")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("hashtag"),
    ]

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    @property
    def language_code(self) -> str:
        """Language of the text, which may differ from the interface's."""
        return self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone as an object; the site's where a wrong name has come in by an import."""
        try:
            return zoneinfo.ZoneInfo(self.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo(settings.TIME_ZONE)

    @property
    def last_day(self) -> date | None:
        """Last day, which is the first one where no other is given."""
        return self.date_end or self.date_start

    def current_state(self, today: date | None = None) -> ConferenceState:
        """The state the editors chose, else by the date in the conference's own time zone."""
        if self.state:
            return ConferenceState(self.state)
        day = today or timezone.localdate(timezone=self.zone)
        if self.date_start is None or day < self.date_start:
            return ConferenceState.ANNOUNCED
        return ConferenceState.LIVE if day <= (self.last_day or day) else ConferenceState.PAST

    def status_of(self, status: str) -> str:
        """The status of an entry with this one: a conference that is called off cancels them all."""
        is_off = self.state == ConferenceState.CANCELLED
        return OccurrenceStatus.CANCELLED.value if is_off else status

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the programme and what stands around it."""
        from conference.queries import conference_context  # noqa: PLC0415 - the one stated exception

        context = super().get_context(request, *args, **kwargs)
        viewer = getattr(request, "user", None)
        context.update(conference_context(conference=self, viewer=viewer, request=request))
        return context
