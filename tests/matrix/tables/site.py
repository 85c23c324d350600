"""What visitors read."""

from __future__ import annotations

from tests.matrix.roles import (
    EVERYBODY,
    FORM,
    GONE,
    LED_ON,
    MOVED,
    NOBODY,
    READ_ONLY,
    STAFF_OF_DJANGO,
    Row,
    by_role,
)

RESOURCE = "<lang>/material/<int:pk>-<slug:slug>/"
ORGANISATION = "<lang>/organisationen/<int:pk>-<slug:slug>/"
CONTACT = "<lang>/organisationen/<int:pk>-<slug:slug>/kontakt/"
PERSON = "<lang>/personen/<uuid:public_id>-<slug:slug>/"
PERSON_SHORT = "<lang>/personen/<uuid:public_id>/"
UNSUBSCRIBE = "<lang>/mails/abbestellen/<str:token>/"
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
    Row(UNSUBSCRIBE, "/{lang}/mails/abbestellen/{unsubscribe}/", EVERYBODY, EVERYBODY),
    Row(UNSUBSCRIBE, "/{lang}/mails/abbestellen/wrong/", NOBODY, NOBODY),
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
