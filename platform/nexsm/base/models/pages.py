"""Pages made by editors: home and plain content."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from nexsm.base import home
from nexsm.base.blocks import BodyBlock


class HomePage(Page):
    """The first page of one UI language: search first, then what is there."""

    intro_title = models.CharField(
        _("main heading"),
        max_length=120,
        help_text=_("One line that says what visitors find here."),
    )
    intro_text = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two short sentences below the main heading."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("further content"),
        blank=True,
        help_text=_("Shown at the end of the page. Leave it empty if nothing more is needed."),
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("intro_title"), FieldPanel("intro_text")], heading=_("Introduction")
        ),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["base.ContentPage", "conference.ConferenceIndexPage"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the rooms above have registered for the home page."""
        context = super().get_context(request, *args, **kwargs)
        context.update(home.collect(request))
        return context


class ContentPage(Page):
    """A page of running text, for example "About NexSM"."""

    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences in larger type. Search results show them too."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    show_in_footer = models.BooleanField(
        _("link in the footer"),
        default=False,
        help_text=_("The page is then linked at the bottom of every page."),
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["base.HomePage", "base.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["base.ContentPage"]
    template = "pages/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    @property
    def language_code(self) -> str:
        """Language of the text, which may differ from the interface's."""
        return self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE
