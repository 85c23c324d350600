"""What the knowledge base shows on the first page of the admin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from knowledge.admin.filters import ORGANISATION_GAPS, RESOURCE_GAPS
from knowledge.models import Organisation, Resource
from nexsm.base.admin.dashboard import Gap, Number, Shortcut


def _url(model: type[Any], view: str = "list", **query: str) -> str:
    url = reverse(model.snippet_viewset.get_url_name(view))
    return f"{url}?{urlencode(query)}" if query else url


def _may(user: Any, action: str, model: type[Any]) -> bool:
    return policy_registry.get_by_type(model).user_has_permission(user, action)


def numbers(user: Any) -> list[Number]:
    """Published resources and organisations."""
    kinds = ((Resource, _("resources online"), "doc-full"), (Organisation, _("profiles"), "group"))
    return [
        Number(label, model._default_manager.filter(live=True).count(), _url(model), icon)  # noqa: SLF001
        for model, label, icon in kinds
        if _may(user, "change", model)
    ]


def gaps(user: Any) -> list[Gap]:
    """What is missing in published items, with the list of them."""
    wanted = (
        (Organisation, ORGANISATION_GAPS, "description", _("Organisations without description")),
        (Resource, RESOURCE_GAPS, "licence", _("Resources without licence")),
        (Resource, RESOURCE_GAPS, "topic", _("Resources without topic")),
        (Resource, RESOURCE_GAPS, "summary", _("Resources without summary")),
    )
    found = []
    for model, conditions, name, label in wanted:
        if _may(user, "change", model):
            items = model._default_manager.filter(conditions[name][1](model), live=True)  # noqa: SLF001
            found.append(Gap(label, items.count(), _url(model, missing=name, status="online")))
    return found


def shortcuts(user: Any) -> list[Shortcut]:
    """New items."""
    kinds = ((Resource, _("New resource")), (Organisation, _("New organisation")))
    return [
        Shortcut(label, _url(model, "add")) for model, label in kinds if _may(user, "add", model)
    ]
