"""Which conferences and sessions somebody may see."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Length, Substr
from django.utils import timezone
from wagtail.models import Page

from conference.models import ConferencePage, SessionPage

Viewer: TypeAlias = AbstractBaseUser | AnonymousUser | None


def conferences_visible_to(viewer: Viewer) -> QuerySet[ConferencePage]:  # noqa: ARG001
    """Published conferences that ask for no password or sign-in.

    The same for every viewer: who may see more does so in the admin, and a page with a password
    must not appear in lists for somebody who happens to know it.
    """
    pages: QuerySet[ConferencePage] = ConferencePage.objects.live().public()
    return pages


def sessions_visible_to(viewer: Viewer) -> QuerySet[SessionPage]:
    """Published sessions of visible conferences.

    Wagtail leaves children live when their parent is withdrawn, so the parent is asked, too.
    """
    pages: QuerySet[SessionPage] = (
        SessionPage.objects.live()
        .public()
        .annotate(conference_path=Substr("path", 1, Length("path") - Page.steplen))
        .filter(conference_path__in=conferences_visible_to(viewer).values("path"))
    )
    return pages


def source_of(page: Any) -> Any:
    """Return the page whose rows count: times, rooms and people are the same in every language.

    That is the published page in the language of the sources (German), else the page itself.
    """
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    translations = (
        page.get_translations().live().public().filter(locale__language_code=settings.LANGUAGE_CODE)
    )
    return translations.first() or page


def next_or_last_conference(viewer: Viewer, today: date | None = None) -> ConferencePage | None:
    """Return the conference to show first: the one that runs or comes next, else the latest.

    Called-off conferences are left out. Where a conference has a published version in the active
    language, that one is returned.
    """
    day = today or timezone.localdate()
    pages = (
        conferences_visible_to(viewer)
        .filter(alias_of__isnull=True, date_start__isnull=False)
        .exclude(state="cancelled")
        .annotate(last=Coalesce("date_end", "date_start"))
        .select_related("locale", "venue")
    )
    coming = pages.filter(Q(last__gte=day)).order_by("date_start", "path")
    found = coming.first() or pages.order_by(F("last").desc(), "path").first()
    if found is None:
        return None
    conference: ConferencePage = found.localized
    if conference != found and not conferences_visible_to(viewer).filter(pk=conference.pk).exists():
        return found
    return conference
