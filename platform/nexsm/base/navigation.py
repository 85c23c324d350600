"""What every page needs around its content: menus, language switch, notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info, gettext as _

from nexsm.base.languages import direction
from nexsm.base.models import ContentPage
from nexsm.base.page_links import localised_url


@dataclass(frozen=True)
class MenuItem:
    """One link of a menu."""

    title: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class LanguageItem:
    """One choice of the language switch."""

    code: str
    name: str
    url: str
    is_current: bool
    dir: str


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Template variables of base.html. Menus are only built when the template uses them."""
    return {
        "site_name": settings.SITE_NAME,
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "legal_menu": SimpleLazyObject(lambda: legal_menu(request)),
        "footer_menu": SimpleLazyObject(footer_menu),
        "languages_menu": SimpleLazyObject(lambda: languages_menu(request)),
        # Not "search_url": Wagtail's admin templates take that for the name of a view.
        "site_search_url": SimpleLazyObject(lambda: reverse("search:results")),
        "search_notice": getattr(request, "search_notice", None),
        "canonical_base": settings.BASE_URL,
        "source_url": settings.SOURCE_URL,
    }


def main_menu(request: HttpRequest) -> list[MenuItem]:
    """The main sections, the current one marked."""
    conferences = f"/{_active()}/konferenzen/"
    entries = [
        (_("Resources"), reverse("knowledge:resource_list")),
        (_("Organisations"), reverse("knowledge:organisation_list")),
        (_("Topics"), reverse("knowledge:topic_list")),
        (_("Conferences"), conferences),
        (_("Take part"), reverse("knowledge:contribute")),
        (_("About NexSM"), f"/{_active()}/ueber-nexsm/"),
    ]
    return [MenuItem(title, url, request.path.startswith(url)) for title, url in entries]


def legal_menu(request: HttpRequest) -> list[MenuItem]:
    """The pages the law asks for, linked from everywhere."""
    entries = [
        (_("Imprint"), reverse("base:imprint")),
        (_("Privacy"), reverse("base:privacy")),
        (_("Accessibility"), reverse("base:accessibility")),
    ]
    return [MenuItem(title, url, request.path == url) for title, url in entries]


def footer_menu() -> list[MenuItem]:
    """Content pages whose editors want them in the footer."""
    pages = (
        ContentPage.objects.live()
        .public()
        .filter(show_in_footer=True, locale__language_code=_active())
        .order_by("path")[:10]
    )
    return [MenuItem(page.title, page.get_url() or "") for page in pages]


def languages_menu(request: HttpRequest) -> list[LanguageItem]:
    """The same page in every UI language; path and query stay."""
    query = request.META.get("QUERY_STRING", "")
    active = _active()
    items = []
    for code, _name in settings.LANGUAGES:
        url = path_in_language(request, code)
        items.append(
            LanguageItem(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=f"{url}?{query}" if query else url,
                is_current=code == active,
                dir=direction(code),
            )
        )
    return items


def path_in_language(request: HttpRequest, code: str) -> str:
    """The current path with another language prefix.

    Pages whose translation has another address (editors choose slugs) lead to the translation, and
    what lies below a page lies below its translation, too.
    """
    page = getattr(request, "nexsm_page", None)
    if page is not None:
        translation = (
            page.get_translations(inclusive=True)
            .filter(locale__language_code=code, live=True)
            .first()
        )
        if translation is not None and (url := translation.get_url(request)):
            own = localised_url(page)
            below = request.path.removeprefix(own) if request.path.startswith(own) else ""
            return f"{url}{below}"
    first, _slash, rest = request.path.lstrip("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{code}/{rest}"
    return f"/{code}/"


def _active() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
