"""Filters of the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from knowledge.admin.columns import keys_in_review, scheduled_keys
from knowledge.enums import OrganisationKind, Verification
from knowledge.models import Language, Licence, Organisation, Region, Resource, ResourceType, Topic
from knowledge.queries import region_with_children

Text = str | Promise
# What a choice means for the rows of a model.
Condition = Callable[[type[Model]], Q]

STATUS: dict[str, tuple[Text, Condition]] = {
    "online": (_("online"), lambda _model: Q(live=True)),
    "changed": (
        _("online, with a draft"),
        lambda _model: Q(live=True, has_unpublished_changes=True),
    ),
    "draft": (_("draft, never online"), lambda _model: Q(live=False, first_published_at=None)),
    "offline": (_("offline"), lambda _model: Q(live=False, first_published_at__isnull=False)),
    "review": (_("in review"), lambda model: Q(pk__in=keys_in_review(model))),
    "scheduled": (_("scheduled"), lambda model: Q(pk__in=scheduled_keys(model))),
    "expiring": (_("goes offline by itself"), lambda _model: Q(expire_at__gt=timezone.now())),
}
OLD = timedelta(days=365)


def _old(_model: type[Model]) -> Q:
    return Q(changed_at__lt=timezone.now() - OLD)


RESOURCE_GAPS: dict[str, tuple[Text, Condition]] = {
    "summary": (_("no summary"), lambda _model: Q(summary="")),
    "topic": (_("no topic"), lambda _model: Q(topics=None)),
    "licence": (_("no licence"), lambda _model: Q(licence=None)),
    "year": (_("no year"), lambda _model: Q(year=None)),
    "access": (_("neither link nor file"), lambda _model: Q(url="", files=None)),
    "care": (_("no change for a year"), _old),
}
ORGANISATION_GAPS: dict[str, tuple[Text, Condition]] = {
    "description": (_("no description"), lambda _model: Q(description="")),
    "topic": (_("no topic"), lambda _model: Q(topics=None)),
    "region": (_("no region"), lambda _model: Q(region=None)),
    "contact": (_("no way to write to it"), lambda _model: Q(contact_email="", website="")),
    "care": (_("no change for a year"), _old),
}


class ConditionFilter(django_filters.ChoiceFilter):
    """One choice out of named conditions."""

    def __init__(self, conditions: dict[str, tuple[Text, Condition]], **kwargs: Any) -> None:
        self.conditions = conditions
        kwargs["choices"] = [(name, label) for name, (label, _condition) in conditions.items()]
        super().__init__(widget=forms.RadioSelect, empty_label=_("All"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what meets the condition."""
        if value not in self.conditions:
            return qs
        return qs.filter(self.conditions[value][1](qs.model))


class CodesField(django_filters.fields.ModelMultipleChoiceField):
    """Rows of a vocabulary by their codes."""

    def clean(self, value: Iterable[str] | None) -> Any:
        """Drop what can be no code: a NUL would upset PostgreSQL."""
        return super().clean([code for code in value or [] if str(code).isprintable()])


class RowsFilter(django_filters.ModelMultipleChoiceFilter):
    """Several rows of a vocabulary; an item needs one of them. No item comes twice."""

    field_class = CodesField

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(to_field_name="code", **kwargs)

    def filter(self, qs: QuerySet[Any], value: Iterable[Any]) -> QuerySet[Any]:
        """Keep items that have one of the chosen rows."""
        rows = self.wanted(list(value))
        if not rows:
            return qs
        matching = qs.model._default_manager.filter(**{f"{self.field_name}__in": rows})  # noqa: SLF001
        return qs.filter(pk__in=matching.values("pk"))

    def wanted(self, rows: Sequence[Any]) -> list[int]:
        """Primary keys to look for."""
        return [row.pk for row in rows]


class RegionsFilter(RowsFilter):
    """Picking a country finds the items of its states."""

    def wanted(self, rows: Sequence[Any]) -> list[int]:
        """The regions and everything below them."""
        return region_with_children(row.code for row in rows)


class YesNoFilter(django_filters.BooleanFilter):
    """Yes, no or all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=BooleanRadioSelect, **kwargs)


class ResourceFilters(WagtailFilterSet):
    """Filters for resources."""

    status = ConditionFilter(STATUS, label=_("Status"))
    type = RowsFilter(field_name="type", queryset=ResourceType.objects.all(), label=_("Type"))
    topic = RowsFilter(field_name="topics", queryset=Topic.objects.all(), label=_("Topic"))
    language = RowsFilter(
        field_name="language", queryset=Language.objects.all(), label=_("Language")
    )
    region = RegionsFilter(field_name="regions", queryset=Region.objects.all(), label=_("Region"))
    organisation = django_filters.CharFilter(
        field_name="organisation__name",
        lookup_expr="icontains",
        label=_("Organisation (part of the name)"),
    )
    licence = RowsFilter(field_name="licence", queryset=Licence.objects.all(), label=_("Licence"))
    year = django_filters.NumberFilter(field_name="year", label=_("Year"))
    missing = ConditionFilter(RESOURCE_GAPS, label=_("What is missing"))
    is_example = YesNoFilter(label=_("Example content"))

    class Meta:
        model = Resource
        fields: list[str] = []


class OrganisationFilters(WagtailFilterSet):
    """Filters for organisations."""

    status = ConditionFilter(STATUS, label=_("Status"))
    kind = django_filters.ChoiceFilter(
        choices=OrganisationKind.choices,
        label=_("Kind"),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    verification = django_filters.ChoiceFilter(
        choices=Verification.choices,
        label=_("Verification"),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    topic = RowsFilter(field_name="topics", queryset=Topic.objects.all(), label=_("Topic"))
    language = RowsFilter(
        field_name="languages_spoken", queryset=Language.objects.all(), label=_("Languages spoken")
    )
    region = RegionsFilter(field_name="region", queryset=Region.objects.all(), label=_("Region"))
    missing = ConditionFilter(ORGANISATION_GAPS, label=_("What is missing"))
    is_example = YesNoFilter(label=_("Example content"))

    class Meta:
        model = Organisation
        fields: list[str] = []
