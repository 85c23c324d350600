"""What lies outside the languages: addresses for programs, files."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, LED_ON, NOBODY, READ_ONLY, Row, by_role

PUBLIC = [
    Row("", "/", LED_ON),
    Row("healthz", "/healthz", EVERYBODY, READ_ONLY),
    Row("readyz", "/readyz", EVERYBODY, READ_ONLY),
    Row("robots.txt", "/robots.txt", EVERYBODY, READ_ONLY),
    Row("sitemap.xml", "/sitemap.xml", EVERYBODY),
    Row("oembed", "/oembed?url=http://localhost:8000/de/konferenzen/tagung/", EVERYBODY, READ_ONLY),
    Row("oembed", "/oembed?url=http://localhost:8000/de/konferenzen/x/", NOBODY, READ_ONLY),
    Row("oembed", "/oembed", by_role(400), READ_ONLY),
    Row("sitemap-<section>.xml", "/sitemap-{section}.xml", EVERYBODY),
    Row("sitemap-<section>.xml", "/sitemap-nothing.xml", NOBODY),
    Row("admin/login/", "/admin/login/", by_role(302, 403, 302), by_role(302, 403, 302)),
    Row("django-admin/login/", "/django-admin/login/", LED_ON, LED_ON),
    # Documents: Wagtail's own address leads to the stable one.
    Row(r"documents/^(\d+)/(.*)$", "/documents/{document}/{document_name}", LED_ON),
    Row(
        r"documents/^(\d+)/(.*)$",
        "/documents/{hidden_document}/{hidden_document_name}",
        by_role(404, 404, 302),
    ),
    Row(
        "documents/authenticate_with_password/<int:restriction_id>/",
        "/documents/authenticate_with_password/999999/",
        NOBODY,
        NOBODY,
    ),
    Row(
        "dateien/<uuid:public_id>/<path:filename>",
        "/dateien/{document_uuid}/file.pdf",
        EVERYBODY,
        READ_ONLY,
    ),
    Row(
        "dateien/<uuid:public_id>/<path:filename>",
        "/dateien/{hidden_document_uuid}/file.pdf",
        by_role(404, 404, 200),
        READ_ONLY,
    ),
    Row(r"^media/(?P<path>.*)$", "/media/{rendition}", EVERYBODY, READ_ONLY),
    Row(r"^media/(?P<path>.*)$", "/media/{original}", NOBODY, READ_ONLY),
    Row(r"^media/(?P<path>.*)$", "/media/{document_file}", NOBODY, READ_ONLY),
]
