"""Filters of the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from knowledge.admin.filters import RowsFilter
from knowledge.enums import RequestState, SubmissionState
from knowledge.models import (
    Language,
    Organisation,
    Resource,
    Submission,
    SubmissionMessage,
    Topic,
)

Text = str | Promise

WAITING = Q(state=SubmissionState.WAITING)
# While it waits, whoever decides answers: then it is not one more thing to do.
UNANSWERED = Q(is_unanswered=True) & ~WAITING
APPEALED = Q(appeal__state=RequestState.OPEN)
TO_LOOK_AT = Q(published_unseen=True, looked_at__isnull=True, state=SubmissionState.PUBLISHED)
# Without a choice: whatever an editor has to do something about. Nothing that waits is ever missing.
TO_DO = WAITING | UNANSWERED | APPEALED | TO_LOOK_AT

# When somebody last wrote into the conversation: lines that are neither a step nor a note at a field.
_WRITTEN = SubmissionMessage.objects.filter(submission=OuterRef("pk"), event="", field="")
WRITTEN_AT = Coalesce(
    Subquery(_WRITTEN.order_by("-created_at").values("created_at")[:1]), F("submitted_at")
)

STATES: dict[str, tuple[Text, Q]] = {
    "waiting": (_("waits for a decision"), WAITING),
    "unanswered": (_("unanswered message"), UNANSWERED),
    "appeal": (_("objection to decide"), APPEALED),
    "look": (_("published at once, to look at"), TO_LOOK_AT),
    "changes": (_("with the author"), Q(state=SubmissionState.CHANGES)),
    "published": (_("published"), Q(state=SubmissionState.PUBLISHED)),
    "refused": (_("not published"), Q(state=SubmissionState.REFUSED)),
    "withdrawn": (_("taken back"), Q(state=SubmissionState.WITHDRAWN)),
    "all": (_("all"), Q()),
}
KINDS: dict[str, tuple[Text, type[Any]]] = {
    "resource": (_("Resource"), Resource),
    "organisation": (_("Organisation"), Organisation),
}
AGES = {"7": 7, "14": 14, "30": 30}


class QueueFilters(WagtailFilterSet):
    """What editors look for in the queue."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(name, label) for name, (label, _condition) in STATES.items()],
        empty_label=_("Waits for the editors"),
        widget=forms.RadioSelect,
        method="by_state",
    )
    care = django_filters.ChoiceFilter(
        label=_("Who looks after it"),
        choices=[("mine", _("I do")), ("nobody", _("nobody yet"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="by_care",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[(name, label) for name, (label, _model) in KINDS.items()],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="by_kind",
    )
    organisation = django_filters.CharFilter(
        field_name="organisation__name",
        lookup_expr="icontains",
        label=_("Organisation (part of the name)"),
    )
    topic = RowsFilter(field_name="topics", queryset=Topic.objects.all(), label=_("Topic"))
    language = RowsFilter(
        field_name="language", queryset=Language.objects.all(), label=_("Language")
    )
    age = django_filters.ChoiceFilter(
        label=_("Waits for"),
        choices=[
            ("7", _("more than a week")),
            ("14", _("more than two weeks")),
            ("30", _("more than a month")),
        ],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="by_age",
    )

    class Meta:
        model = Submission
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        """Without a state: what waits for the editors."""
        found: QuerySet[Submission] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(TO_DO)

    def by_state(
        self,
        queryset: QuerySet[Submission],
        name: str,  # noqa: ARG002 - the signature of django-filter
        value: str,
    ) -> QuerySet[Submission]:
        """One state."""
        return queryset.filter(STATES[value][1])

    def by_care(
        self,
        queryset: QuerySet[Submission],
        name: str,  # noqa: ARG002
        value: str,
    ) -> QuerySet[Submission]:
        """The editor's own ones, or those without an editor."""
        return queryset.filter(assigned_to=self.request.user if value == "mine" else None)

    def by_kind(
        self,
        queryset: QuerySet[Submission],
        name: str,  # noqa: ARG002
        value: str,
    ) -> QuerySet[Submission]:
        """Resources or organisations."""
        meta = KINDS[value][1]._meta  # noqa: SLF001 - Django's name
        return queryset.filter(
            content_type__app_label=meta.app_label, content_type__model=meta.model_name
        )

    def by_age(
        self,
        queryset: QuerySet[Submission],
        name: str,  # noqa: ARG002
        value: str,
    ) -> QuerySet[Submission]:
        """Sent longer ago."""
        return queryset.filter(submitted_at__lt=timezone.now() - timedelta(days=AGES[value]))
