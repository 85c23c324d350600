"""The public API."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, NOBODY, READ_ONLY, Row, by_role

API = [
    Row(route, "/" + (url or route), EVERYBODY, READ_ONLY)
    for route, url in {
        "api/v1/search": "api/v1/search?q=Satzung",
        "api/v1/suggest": "api/v1/suggest?q=Sat",
        "api/v1/resources": "",
        "api/v1/resources/<uuidstr:public_id>": "api/v1/resources/{resource_uuid}",
        "api/v1/organisations": "",
        "api/v1/organisations/<uuidstr:public_id>": "api/v1/organisations/{organisation_uuid}",
        "api/v1/conferences": "",
        "api/v1/conferences/<uuidstr:public_id>": "api/v1/conferences/{conference_uuid}",
        "api/v1/topics": "",
        "api/v1/topics/<code>": "api/v1/topics/ai",
        "api/v1/regions": "",
        "api/v1/regions/<code>": "api/v1/regions/DE-BE",
    }.items()
] + [
    Row("api/v1/", "/api/v1/", EVERYBODY, READ_ONLY),
    # A page of django-ninja that only reads, whatever the method.
    Row("api/v1/openapi.json", "/api/v1/openapi.json", EVERYBODY, EVERYBODY),
    Row("api/v1/docs", "/api/v1/docs", EVERYBODY, READ_ONLY),
    # The API is for everybody: it never shows more to somebody who is signed in.
    Row(
        "api/v1/resources/<uuidstr:public_id>",
        "/api/v1/resources/{draft_uuid}",
        NOBODY,
        READ_ONLY,
    ),
    Row(
        "api/v1/resources/<uuidstr:public_id>",
        "/api/v1/resources/{members_uuid}",
        NOBODY,
        READ_ONLY,
    ),
    Row(
        "api/v1/organisations/<uuidstr:public_id>",
        "/api/v1/organisations/{draft_organisation_uuid}",
        NOBODY,
        READ_ONLY,
    ),
    Row("api/v1/search", "/api/v1/search?page=-1", by_role(400), READ_ONLY),
]
