"""Importing a conference from the editors' area: a file, a report of what would happen, a click."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.widgets.button import Button

from conference.models import ConferenceIndexPage, ConferencePage
from conference.models.times import zone_choices
from conference.services.schedule_import import (
    MAX_BYTES,
    ImportOptions,
    ScheduleRefusedError,
    delete_upload,
    import_schedule,
    keep_upload,
    kept_upload,
    most_entries,
    refusal_lines,
    report_lines,
)

URL_NAME = "conference_import_schedule"
TEMPLATE = "conference/admin/schedule_import.html"


class OptionsForm(forms.Form):
    """How to treat the file."""

    conference: forms.ModelChoiceField[ConferencePage] = forms.ModelChoiceField(
        ConferencePage.objects.none(),
        required=False,
        to_field_name="slug",
        label=gettext_lazy("Conference"),
        empty_label=gettext_lazy("the one this file came for before, or a new one"),
    )
    timezone = forms.ChoiceField(
        required=False,
        label=gettext_lazy("time zone"),
        help_text=gettext_lazy("Only if the file does not name one."),
    )
    trust = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("not needed")),
            ("date", gettext_lazy("the date with its offset")),
            ("start", gettext_lazy("the start")),
        ],
        label=gettext_lazy("If times contradict each other, this is right"),
    )
    cancel_missing = forms.BooleanField(
        required=False, label=gettext_lazy("Cancel what is not in the file any more")
    )
    publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("Put everything online"),
        help_text=gettext_lazy("Otherwise there are only drafts."),
    )

    def __init__(self, *args: Any, index: ConferenceIndexPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.index = index
        fields: dict[str, Any] = self.fields
        fields["conference"].queryset = ConferencePage.objects.child_of(index)
        fields["timezone"].choices = [("", "—"), *zone_choices()]

    def options(self, user: Any, *, dry_run: bool) -> ImportOptions:
        """The choices as the import takes them."""
        chosen = dict(self.cleaned_data)
        page = chosen.pop("conference")
        chosen.pop("file", None)
        return ImportOptions(
            conference=page.slug if page else "",
            parent=self.index.slug,
            dry_run=dry_run,
            user=user,
            most=most_entries(),
            **chosen,
        )


class UploadForm(OptionsForm):
    """The file and how to treat it."""

    field_order = ("file",)
    file = forms.FileField(
        label=gettext_lazy("schedule.xml or schedule.json"),
        help_text=gettext_lazy("From pretalx, frab, wafer, OSEM and others. At most 8 MiB."),
    )


def import_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Upload, check, confirm. Raises PermissionDenied for who may not add a conference here."""
    index = ConferenceIndexPage.objects.filter(pk=page_id).first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    if "token" in request.POST:
        return _confirmed(request, index)
    form = UploadForm(request.POST or None, request.FILES or None, index=index)
    context: dict[str, Any] = {"form": form, "index": index}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(MAX_BYTES + 1)
        try:
            report = import_schedule(data, form.options(request.user, dry_run=True))
        except ScheduleRefusedError as refused:
            context["refusal"] = refusal_lines(refused)
        else:
            context["report"] = report_lines(report, everything=True)
            context["token"] = keep_upload(data, request.user)
            context["form"] = OptionsForm(request.POST, index=index)
    return TemplateResponse(request, TEMPLATE, context)


def _confirmed(request: HttpRequest, index: ConferenceIndexPage) -> HttpResponse:
    form = OptionsForm(request.POST, index=index)
    data = kept_upload(request.POST["token"], request.user)
    context: dict[str, Any] = {"form": UploadForm(index=index), "index": index}
    if data is None or not form.is_valid():
        context["refusal"] = [_("The file is not here any more. Please choose it again.")]
        return TemplateResponse(request, TEMPLATE, context)
    try:
        report = import_schedule(data, form.options(request.user, dry_run=False))
    except ScheduleRefusedError as refused:
        context["refusal"] = refusal_lines(refused)
        return TemplateResponse(request, TEMPLATE, context)
    delete_upload(request.POST["token"], request.user)
    messages.success(request, " ".join(report_lines(report)[:3]))
    page = report.conference or index
    return redirect("wagtailadmin_explore", page.pk)


def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:  # noqa: ARG001
    """A button on the list of conferences, for those who may add one."""
    is_list = isinstance(page.specific_deferred, ConferenceIndexPage)
    if is_list and page.permissions_for_user(user).can_add_subpage():
        address = reverse(URL_NAME, args=[page.pk])
        yield Button(_("Import a conference"), address, icon_name="upload", priority=80)
