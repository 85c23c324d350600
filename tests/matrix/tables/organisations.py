"""Organisations and their people in the members' area. The invitation of the samples is for somebody else."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, NOBODY, SIGNED_IN, Row, by_role

AREA = "<lang>/mitmachen/organisationen/"
ONE = f"{AREA}<uuid:public_id>/"
A = "/{lang}/mitmachen/organisationen/{organisation_uuid}/"
DRAFT = "/{lang}/mitmachen/organisationen/{draft_organisation_uuid}/"
MINE = "/{lang}/mitmachen/organisationen/"

# A visitor is led to the login; the organisation of others is not there.
OWN = by_role(302, 404, owner_a=200)
OWN_FORM = by_role(302, 404, owner_a={200, 302})
OWN_DONE = by_role(302, 404, owner_a=302)
NOT_THERE = by_role(302, 404)
NOT_BY_GET = by_role(302, 405)
NOT_BY_POST = by_role(302, 405)
ASKED = by_role(302, {200, 302})

ORGANISATIONS = [
    Row(AREA, MINE, SIGNED_IN, NOT_BY_POST),
    Row(f"{AREA}neu/", f"{MINE}neu/", SIGNED_IN, SIGNED_IN),
    Row(
        f"{AREA}einladung/<str:token>/",
        MINE + "einladung/{invitation_token}/",
        EVERYBODY,
        by_role(302, 403),
    ),
    Row(f"{AREA}einladung/<str:token>/", f"{MINE}einladung/wrong/", NOBODY, NOBODY),
    Row(
        f"{AREA}einladung/<str:token>/nie-wieder/",
        MINE + "einladung/{other_invitation_token}/nie-wieder/",
        EVERYBODY,
        EVERYBODY,
    ),
    Row(
        f"{AREA}einladung/<str:token>/nie-wieder/",
        f"{MINE}einladung/wrong/nie-wieder/",
        NOBODY,
        NOBODY,
    ),
    Row(
        f"{AREA}einladungen/<uuid:public_id>/annehmen/",
        MINE + "einladungen/{invitation_uuid}/annehmen/",
        NOT_BY_GET,
        NOT_THERE,
    ),
    Row(
        f"{AREA}anfragen/<uuid:public_id>/zurueckziehen/",
        MINE + "anfragen/{join_request_uuid}/zurueckziehen/",
        NOT_BY_GET,
        NOT_THERE,
    ),
    Row(
        f"{AREA}uebernahmen/<int:pk>/zurueckziehen/",
        MINE + "uebernahmen/{claim}/zurueckziehen/",
        NOT_BY_GET,
        NOT_THERE,
    ),
    Row(ONE, A, OWN, OWN_FORM),
    Row(ONE, DRAFT, NOT_THERE, NOT_THERE),
    Row(f"{ONE}profil/", f"{A}profil/", OWN, OWN),
    Row(f"{ONE}profil/", f"{DRAFT}profil/", NOT_THERE, NOT_THERE),
    Row(f"{ONE}profil/sprachen/", f"{A}profil/sprachen/", OWN_DONE, NOT_BY_POST),
    Row(f"{ONE}profil/sprachen/", f"{DRAFT}profil/sprachen/", NOT_THERE, NOT_BY_POST),
    Row(f"{ONE}profil/sprachen/<slug:code>/", f"{A}profil/sprachen/en/", OWN, OWN),
    Row(f"{ONE}profil/sprachen/<slug:code>/", f"{DRAFT}profil/sprachen/en/", NOT_THERE, NOT_THERE),
    Row(f"{ONE}profil/sprachen/<slug:code>/", f"{A}profil/sprachen/xx/", NOT_THERE, NOT_THERE),
    Row(f"{ONE}verlauf/", f"{A}verlauf/", OWN, NOT_BY_POST),
    Row(f"{ONE}anfragen/<int:pk>/", A + "anfragen/{join_request}/", NOT_BY_GET, OWN_DONE),
    Row(f"{ONE}anfragen/<int:pk>/", A + "anfragen/999999/", NOT_BY_GET, NOT_THERE),
    Row(f"{ONE}personen/<int:pk>/", A + "personen/{membership}/", NOT_BY_GET, OWN_DONE),
    Row(f"{ONE}personen/<int:pk>/", A + "personen/999999/", NOT_BY_GET, NOT_THERE),
    Row(
        f"{ONE}einladungen/<int:pk>/zurueckziehen/",
        A + "einladungen/{invitation}/zurueckziehen/",
        NOT_BY_GET,
        OWN_DONE,
    ),
    Row(f"{ONE}beitreten/", f"{A}beitreten/", SIGNED_IN, ASKED),
    Row(f"{ONE}beitreten/", f"{DRAFT}beitreten/", NOT_THERE, NOT_THERE),
    Row(f"{ONE}uebernehmen/", f"{A}uebernehmen/", SIGNED_IN, SIGNED_IN),
    Row(f"{ONE}uebernehmen/", f"{DRAFT}uebernehmen/", NOT_THERE, NOT_THERE),
    # Only a blocked organisation can appeal.
    Row(f"{ONE}widerspruch/", f"{A}widerspruch/", NOT_THERE, NOT_THERE),
    Row(f"{ONE}verlassen/", f"{A}verlassen/", OWN, OWN_FORM),
]
