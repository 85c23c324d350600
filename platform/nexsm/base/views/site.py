"""Pages of the site itself: legal texts, the internal style page, robots, health."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from nexsm.base import health
from nexsm.base.models import LegalDetails


def _legal_page(request: HttpRequest, template: str, title: str, **further: object) -> HttpResponse:
    site = Site.find_for_request(request)
    details = LegalDetails.objects.filter(site=site).first() or LegalDetails(site=site)
    return render(request, template, {"legal": details, "title": title, **further})


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who runs this site (§ 5 DDG, § 18(2) MStV)."""
    return _legal_page(request, "pages/imprint.html", _("Imprint"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data (Art. 13 GDPR)."""
    cookies = {"csrf": settings.CSRF_COOKIE_NAME, "session": settings.SESSION_COOKIE_NAME}
    return _legal_page(request, "pages/privacy.html", _("Privacy"), cookies=cookies)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Directive (EU) 2016/2102, Implementing Decision 2018/1523)."""
    return _legal_page(request, "pages/accessibility.html", _("Accessibility"))


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component in all its states, for those who build. Raises Http404 for the public."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "pages/style.html", {"title": _("Style guide")})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature is Django's
    """Rules for crawlers (RFC 9309)."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /de/suche/",
        "Disallow: /en/suche/",
        "Disallow: /de/konto/",
        "Disallow: /en/konto/",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The process is alive. Touches nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The parts work: 503 without a database, "degraded" when a part above the floor is down."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    parts = health.collect()
    status = "ok" if all(part["ok"] for part in parts.values()) else "degraded"
    return JsonResponse({"status": status, "database": "ok", **parts})
