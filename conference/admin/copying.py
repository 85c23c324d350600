"""“Copy as the next edition” in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from conference.admin.base import ConferenceAdminView
from conference.services.copying import copy_conference


class CopyForm(forms.Form):
    """What differs in the next edition."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    slug = forms.SlugField(
        label=gettext_lazy("End of the address"),
        max_length=255,
        help_text=gettext_lazy(
            "Every edition has its own, for example nexsm25. It is never used again."
        ),
    )
    date_start = forms.DateField(
        label=gettext_lazy("First day"),
        widget=AdminDateInput,
        help_text=gettext_lazy("All times move by as many days and keep their hour."),
    )
    with_people = forms.BooleanField(
        label=gettext_lazy("Take the people along"),
        required=False,
        help_text=gettext_lazy("Without the tick the copies start without names."),
    )

    def __init__(self, *args: Any, parent: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent

    def clean_slug(self) -> str:
        """Raises ValidationError when a page beside the conference has this address."""
        slug: str = self.cleaned_data["slug"]
        if not Page._slug_is_available(slug, self.parent):  # noqa: SLF001 - what Wagtail's own form asks
            raise forms.ValidationError(_("There is a page with this address."))
        return slug


class CopyView(ConferenceAdminView, FormView):
    """Asks for title, address and first day; then leads to the programme of the copy."""

    template_name = "conference/admin/copy.html"
    form_class = CopyForm
    page_title = gettext_lazy("Copy as the next edition")
    header_icon = "copy"

    def may_enter(self) -> bool:
        """Whoever may add pages beside the conference, too."""
        return super().may_enter() and self.allowed.can_copy_to(self.parent, recursive=True)

    @cached_property
    def parent(self) -> Page:
        """Where the copy will be."""
        parent = self.conference.get_parent()
        if parent is None:
            raise Http404
        return parent

    def get_form_kwargs(self) -> dict[str, Any]:
        """Where the copy will be."""
        return {**super().get_form_kwargs(), "parent": self.parent}

    def get_initial(self) -> dict[str, Any]:
        """The same title, and an address that is free."""
        taken = set(self.parent.get_children().values_list("slug", flat=True))
        base = slugify(self.conference.slug)
        free = next(
            name for number in range(2, len(taken) + 3) if (name := f"{base}-{number}") not in taken
        )
        return {"title": self.conference.title, "slug": free}

    def form_valid(self, form: CopyForm) -> HttpResponse:
        """Copy."""
        copy = copy_conference(source=self.conference, by=self.editor, **form.cleaned_data)
        messages.success(
            self.request,
            _("“%(title)s” is there as a draft, with all sessions.") % {"title": copy.title},
        )
        return HttpResponseRedirect(reverse("nexsm_conference_programme", args=[copy.pk]))
