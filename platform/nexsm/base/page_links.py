"""Addresses of tree pages in the reader's language."""

from __future__ import annotations

from django.urls import reverse
from wagtail.models import Page


def localised_url(page: Page) -> str:
    """Address of the page with the active interface language.

    A German page without a translation is served below every language prefix (see
    ``nexsm.base.views.pages.serve``), so readers keep their interface when they follow a link.
    """
    below = "/".join(page.url_path.strip("/").split("/")[1:])
    path = f"{below}/" if below else ""
    url: str = reverse("wagtail_serve", args=[path])
    return url
