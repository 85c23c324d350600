"""System checks of the project as a whole."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection


@register(Tags.security, deploy=True)
def legal_pages_are_filled_in(
    app_configs: Any,  # noqa: ARG001 - the signature is Django's
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Fail while a required legal detail is missing.

    Runs with ``check --deploy``: before going live, not in development. Before the first
    ``migrate`` there is nothing that could be filled in, so an empty database passes.
    """
    from nexsm.base.models import LegalDetails  # noqa: PLC0415 - models load after checks

    if settings.DEBUG:
        return []
    try:
        if LegalDetails._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
            return []
        rows = list(LegalDetails.objects.select_related("site"))
    except DatabaseError as error:
        return [checks.Warning(f"The legal details could not be read: {error}", id="nexsm.W001")]
    if not rows:
        return [
            Error(
                "The legal details are empty.",
                hint="Fill in Settings > Legal details in the editors' area.",
                id="nexsm.E001",
            )
        ]
    return [
        Error(
            f"Legal details of {row.site} are missing: {', '.join(missing)}.",
            hint="Fill in Settings > Legal details in the editors' area.",
            id="nexsm.E001",
        )
        for row in rows
        if (missing := row.missing_fields())
    ]


@register(deploy=True)
def base_url_is_https(
    app_configs: Any,  # noqa: ARG001
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Links in mails are built from NEXSM_BASE_URL: in production it must be an https address."""
    if settings.DEBUG or settings.BASE_URL.startswith("https://"):
        return []
    return [
        Error("NEXSM_BASE_URL must be an https:// address in production.", id="nexsm.E002"),
    ]


@register(Tags.security, deploy=True)
def proxy_is_counted(
    app_configs: Any,  # noqa: ARG001
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Behind a proxy all visitors have its address: the limits of tries need to know how many stand there."""
    if settings.DEBUG or not settings.SECURE_PROXY_SSL_HEADER:
        return []
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT >= 1:
        return []
    return [
        Error(
            "A proxy is trusted for HTTPS, but ALLAUTH_TRUSTED_PROXY_COUNT counts none.",
            hint="Set it to the number of proxies that append to X-Forwarded-For.",
            id="nexsm.E003",
        ),
    ]
