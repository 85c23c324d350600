"""Who gets which answer where: every route of the site, every role, the statuses allowed.

A route that stands nowhere here fails the test. An address may name samples in braces; they are
made by the fixture ``samples``.
"""

from __future__ import annotations

from dataclasses import dataclass

VISITOR, MEMBER, EDITOR, REVIEWER, SUPERUSER = ROLES = (
    "visitor",
    "member",
    "editor",
    "reviewer",
    "superuser",
)
Statuses = frozenset[int]
Allowed = dict[str, Statuses]


def by_role(visitor, member=None, editor=None, reviewer=None, superuser=None) -> Allowed:
    """Statuses from left to right; what is not given is as it is for the role before."""
    allowed: Allowed = {}
    last: object = visitor
    for role, given in zip(ROLES, (visitor, member, editor, reviewer, superuser), strict=True):
        last = last if given is None else given
        allowed[role] = frozenset({last} if isinstance(last, int) else last)
    return allowed


EVERYBODY = by_role(200)
NOBODY = by_role(404)
READ_ONLY = by_role(405)
SIGNED_IN = by_role(302, 200)  # a visitor is led to the login
LED_ON = by_role(302)
MOVED = by_role(301)
GONE = by_role(410)
STAFF_OF_DJANGO = by_role(404, 404, 404, 404, 200)
# A form without values comes back with its errors, or leads on when nothing was missing.
FORM = by_role({200, 302})
# The forms of somebody who signed in long ago ask for the password first.
PROTECTED = by_role(302)


@dataclass(frozen=True)
class Row:
    """One address of a route and its answers. ``post`` None: the route does not tell methods apart."""

    route: str
    url: str
    get: Allowed
    post: Allowed | None = None


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

RESOURCE = "<lang>/material/<int:pk>-<slug:slug>/"
ORGANISATION = "<lang>/organisationen/<int:pk>-<slug:slug>/"
CONTACT = "<lang>/organisationen/<int:pk>-<slug:slug>/kontakt/"
PERSON = "<lang>/personen/<uuid:public_id>-<slug:slug>/"
PERSON_SHORT = "<lang>/personen/<uuid:public_id>/"
PAGE = r"<lang>/^((?:[\w\-]+/)*)$"
# Files that a page makes: tests/matrix/page_table.py lists them.
PAGE_FILE = r"<lang>/^((?:[\w\-]+/)+[\w\-]+\.(?:ics|xml|json|atom|pdf))$"
MEMBERS_ONLY = by_role(404, 200)

SITE = [
    Row("<lang>/material/", "/{lang}/material/?type=guide&page=-1", EVERYBODY, READ_ONLY),
    Row("<lang>/material/<int:pk>/", "/{lang}/material/{resource}/", MOVED, READ_ONLY),
    Row(RESOURCE, "/{lang}/material/{resource}-satzung/", EVERYBODY, READ_ONLY),
    Row(RESOURCE, "/{lang}/material/{resource}-other/", MOVED, READ_ONLY),
    Row(RESOURCE, "/{lang}/material/{draft}-entwurf/", NOBODY, READ_ONLY),
    Row(RESOURCE, "/{lang}/material/{members}-intern/", MEMBERS_ONLY, READ_ONLY),
    Row(RESOURCE, "/{lang}/material/{withdrawn}-alt/", GONE, READ_ONLY),
    Row("<lang>/organisationen/", "/{lang}/organisationen/?page=9", EVERYBODY, READ_ONLY),
    Row(
        "<lang>/organisationen/<int:pk>/",
        "/{lang}/organisationen/{organisation}/",
        MOVED,
        READ_ONLY,
    ),
    Row(ORGANISATION, "/{lang}/organisationen/{organisation}-verein/", EVERYBODY, READ_ONLY),
    Row(ORGANISATION, "/{lang}/organisationen/{draft_organisation}-entwurf/", NOBODY, READ_ONLY),
    Row(CONTACT, "/{lang}/organisationen/{organisation}-verein/kontakt/", EVERYBODY, FORM),
    Row(CONTACT, "/{lang}/organisationen/{draft_organisation}-entwurf/kontakt/", NOBODY, NOBODY),
    Row("<lang>/themen/", "/{lang}/themen/", EVERYBODY, READ_ONLY),
    Row("<lang>/themen/<str:code>/", "/{lang}/themen/ai/", EVERYBODY, READ_ONLY),
    Row("<lang>/themen/<str:code>/", "/{lang}/themen/no-such-topic/", NOBODY, READ_ONLY),
    Row(PERSON, "/{lang}/personen/{person_uuid}-ada/", EVERYBODY, READ_ONLY),
    Row(PERSON, "/{lang}/personen/{person_uuid}-other/", MOVED, READ_ONLY),
    Row(PERSON, "/{lang}/personen/{silent_person_uuid}-eva/", NOBODY, READ_ONLY),
    Row(PERSON, "/{lang}/personen/{silent_person_uuid}-other/", NOBODY, READ_ONLY),
    Row(PERSON_SHORT, "/{lang}/personen/{person_uuid}/", MOVED, READ_ONLY),
    Row(PERSON_SHORT, "/{lang}/personen/{silent_person_uuid}/", NOBODY, READ_ONLY),
    Row("<lang>/suche/", "/{lang}/suche/?q=Satzung", EVERYBODY, READ_ONLY),
    Row("<lang>/suche/vorschlaege/", "/{lang}/suche/vorschlaege/?q=Sat", EVERYBODY, READ_ONLY),
    Row("<lang>/suche/fehlt/", "/{lang}/suche/fehlt/?q=Satzung", EVERYBODY, FORM),
    Row("<lang>/impressum/", "/{lang}/impressum/", EVERYBODY, READ_ONLY),
    Row("<lang>/datenschutz/", "/{lang}/datenschutz/", EVERYBODY, READ_ONLY),
    Row("<lang>/barrierefreiheit/", "/{lang}/barrierefreiheit/", EVERYBODY, READ_ONLY),
    Row("<lang>/stil/", "/{lang}/stil/", STAFF_OF_DJANGO, READ_ONLY),
    Row("<lang>/_util/login/", "/{lang}/_util/login/", LED_ON, LED_ON),
    Row(
        "<lang>/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        "/{lang}/_util/authenticate_with_password/999999/{page}/",
        NOBODY,
        NOBODY,
    ),
    Row(PAGE, "/{lang}/", EVERYBODY),
    Row(PAGE, "/{lang}/konferenzen/tagung/", EVERYBODY),
    Row(PAGE, "/{lang}/seite/", EVERYBODY),
    Row(PAGE, "/{lang}/entwurf/", NOBODY),
    Row(PAGE, "/{lang}/gibt-es-nicht/", NOBODY),
    Row(PAGE_FILE, "/{lang}/konferenzen/tagung/gibt-es-nicht.ics", NOBODY),
    Row(PAGE_FILE, "/{lang}/gibt-es-nicht/programm.ics", NOBODY),
]

# Where somebody who is signed in has nothing to do, or a visitor must sign in first.
ONLY_VISITORS = by_role(200, 302)
TOO_EARLY = by_role(302)  # steps that only follow another step lead back to its beginning
NOTHING_TO_SHOW = by_role(302, 404)  # nobody of the samples has a second factor
ACCOUNT_ROUTES = {
    "": (SIGNED_IN, by_role(302, {200, 302})),
    "login/": (ONLY_VISITORS, ONLY_VISITORS),
    "logout/": (by_role(302, 200), LED_ON),
    "inactive/": (EVERYBODY, None),
    "signup/": (ONLY_VISITORS, ONLY_VISITORS),
    "reauthenticate/": (SIGNED_IN, SIGNED_IN),
    "email/": (SIGNED_IN, by_role(302, {200, 302})),
    "confirm-email/": (EVERYBODY, None),
    "password/change/": (SIGNED_IN, SIGNED_IN),
    "password/set/": (PROTECTED, PROTECTED),
    "password/reset/": (EVERYBODY, EVERYBODY),
    "password/reset/done/": (EVERYBODY, None),
    "password/reset/key/done/": (EVERYBODY, None),
    "login/code/confirm/": (TOO_EARLY, TOO_EARLY),
    "2fa/": (SIGNED_IN, None),
    "2fa/authenticate/": (TOO_EARLY, TOO_EARLY),
    "2fa/reauthenticate/": (TOO_EARLY, TOO_EARLY),
    "2fa/totp/activate/": (PROTECTED, PROTECTED),
    "2fa/totp/deactivate/": (NOTHING_TO_SHOW, NOTHING_TO_SHOW),
    "2fa/recovery-codes/": (NOTHING_TO_SHOW, None),
    "2fa/recovery-codes/generate/": (PROTECTED, PROTECTED),
    "2fa/recovery-codes/download/": (NOTHING_TO_SHOW, None),
    "2fa/webauthn/": (SIGNED_IN, None),
    "2fa/webauthn/add/": (PROTECTED, PROTECTED),
    "2fa/webauthn/reauthenticate/": (TOO_EARLY, TOO_EARLY),
    "2fa/webauthn/login/": (LED_ON, LED_ON),
    "sessions/": (SIGNED_IN, FORM),
}
ACCOUNT = [
    Row(f"<lang>/konto/{route}", f"/{{lang}}/konto/{route}", get, post)
    for route, (get, post) in ACCOUNT_ROUTES.items()
] + [
    Row(
        r"<lang>/konto/^confirm-email/(?P<key>[-:\w]+)/$",
        "/{lang}/konto/confirm-email/wrong-key/",
        EVERYBODY,
        NOBODY,
    ),
    Row(
        r"<lang>/konto/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "/{lang}/konto/password/reset/key/1-wrong/",
        EVERYBODY,
        EVERYBODY,
    ),
    Row(
        "<lang>/konto/2fa/webauthn/keys/<int:pk>/remove/",
        "/{lang}/konto/2fa/webauthn/keys/999999/remove/",
        PROTECTED,
        PROTECTED,
    ),
    Row(
        "<lang>/konto/2fa/webauthn/keys/<int:pk>/edit/",
        "/{lang}/konto/2fa/webauthn/keys/999999/edit/",
        PROTECTED,
        PROTECTED,
    ),
]

ROWS = PUBLIC + API + SITE + ACCOUNT

# The admin is one group: whatever is below it has these answers.
ADMIN = "admin/"
# Wagtail says no to an editor by leading back to its first page, or with 403.
REFUSED = frozenset({302, 403, 404, 405})
# The way in and out, and what the pages there need.
ADMIN_OPEN = {
    "admin/login/",
    "admin/logout/",
    "admin/jsi18n/",
    "admin/sprite/",
}
# Pages with which Wagtail tests its own error pages.
ADMIN_BROKEN_BY_DESIGN = {"admin/failwhale/", "admin/test404/"}
# Who may work where. All others are refused.
EDITORS_WORK = (
    "/admin/",
    "/admin/guide/",
    "/admin/account/",
    "/admin/pages/{page}/edit/",
    "/admin/pages/{page}/history/",
    "/admin/pages/{page}/unpublish/",
    "/admin/conference/{conference}/programme/",
    "/admin/conference/{conference}/copy/",
    "/admin/conference/{conference}/changes/",
    "/admin/images/",
    "/admin/images/{image}/",
    "/admin/documents/",
    "/admin/documents/edit/{document}/",
    "/admin/snippets/knowledge/resource/",
    "/admin/snippets/knowledge/resource/add/",
    "/admin/snippets/knowledge/resource/edit/{resource}/",
    "/admin/snippets/knowledge/resource/delete/{resource}/",
    "/admin/snippets/knowledge/resource/history/{resource}/",
    "/admin/snippets/knowledge/resource/usage/{resource}/",
    "/admin/snippets/knowledge/resource/unpublish/{resource}/",
    "/admin/snippets/knowledge/organisation/",
    "/admin/snippets/knowledge/organisation/edit/{organisation}/",
    "/admin/snippets/knowledge/topic/",
    "/admin/snippets/search/synonymgroup/",
    "/admin/snippets/search/synonymgroup/add/",
    "/admin/snippets/search/synonymgroup/edit/{synonyms}/",
    "/admin/snippets/search/missingreport/",
    "/admin/snippets/search/missingreport/edit/{missing}/",
)
ADMINISTRATORS_WORK = (
    "/admin/users/",
    "/admin/users/new/",
    "/admin/users/edit/{user}/",
    "/admin/users/delete/{user}/",
    "/admin/groups/",
    "/admin/groups/new/",
    "/admin/sites/",
    "/admin/locales/",
    "/admin/collections/",
    "/admin/workflows/list/",
    "/admin/workflows/tasks/index/",
    "/admin/redirects/",
)
