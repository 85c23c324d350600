"""What the knowledge base shows on the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from knowledge.models import Language
from knowledge.queries import (
    organisations_for_cards,
    organisations_visible_to,
    resources_for_cards,
    resources_visible_to,
    topics_with_counts,
)

NEWEST = 6
ORGANISATIONS = 6


def home_content(request: HttpRequest) -> dict[str, Any]:
    """Topics, newest resources, newest organisations and how many there are."""
    resources = resources_visible_to(request.user)
    organisations = organisations_visible_to(request.user)
    newest = resources_for_cards(resources.order_by("-first_published_at", "-pk"))
    return {
        "topics": topics_with_counts(request.user),
        "newest_resources": newest[:NEWEST],
        "organisations": organisations_for_cards(
            organisations.order_by("-first_published_at", "-pk")
        )[:ORGANISATIONS],
        "counts": {
            "resources": resources.count(),
            "organisations": organisations.count(),
            "languages": Language.objects.filter(resources__in=resources).distinct().count(),
        },
    }
