"""What the admin says about documents."""

from __future__ import annotations

from typing import Any

from django import template

from nexsm.base.admin.documents import reasons
from nexsm.base.models import Document

register = template.Library()


@register.inclusion_tag("base/admin/needed_by.html", takes_context=True)
def needed_by(context: template.Context, document: Document) -> dict[str, Any]:
    """Say what needs a document, so that it cannot be deleted yet; nothing if nothing does."""
    links, hidden = reasons(document, context["request"].user)
    return {"links": links, "hidden": hidden}
