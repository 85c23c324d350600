"""The members' area. The draft and the resource of the samples are those of the owner of A."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, READ_ONLY, SIGNED_IN, Row, by_role

MEMBERS = "mitmachen/material/"
DRAFT = f"<lang>/{MEMBERS}<uuid:public_id>/"
OWN_DRAFT = f"/{{lang}}/{MEMBERS}{{member_draft}}/"


def of_owner(status) -> dict:
    """A visitor is led to the login, the owner of A gets in, to everybody else it is not there."""
    return by_role(302, 404, owner_a=status)


CONTRIBUTING = [
    Row("<lang>/mitmachen/", "/{lang}/mitmachen/", EVERYBODY, READ_ONLY),
    Row(f"<lang>/{MEMBERS}", f"/{{lang}}/{MEMBERS}", SIGNED_IN, READ_ONLY),
    Row(f"<lang>/{MEMBERS}neu/", f"/{{lang}}/{MEMBERS}neu/", SIGNED_IN, by_role(302)),
    Row(
        f"<lang>/{MEMBERS}bearbeiten/<uuid:public_id>/",
        f"/{{lang}}/{MEMBERS}bearbeiten/{{resource_of_a}}/",
        of_owner(200),
        of_owner(302),
    ),
    Row(f"{DRAFT}<slug:step>/", f"{OWN_DRAFT}inhalt/", of_owner(200), of_owner(200)),
    Row(f"{DRAFT}<slug:step>/", f"{OWN_DRAFT}anderes/", by_role(302, 404), by_role(302, 404)),
    Row(f"{DRAFT}pruefen/", f"{OWN_DRAFT}pruefen/", of_owner(302), of_owner(302)),
    Row(f"{DRAFT}vergleich/", f"{OWN_DRAFT}vergleich/", of_owner(302), of_owner(302)),
    Row(
        f"{DRAFT}dasselbe/<uuid:other_id>/",
        f"{OWN_DRAFT}dasselbe/{{resource_uuid}}/",
        by_role(302, 404),
        READ_ONLY,
    ),
    Row(f"{DRAFT}loeschen/", f"{OWN_DRAFT}loeschen/", of_owner(200), of_owner(302)),
]
