"""Imports from files and exports to files."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, NOBODY, READ_ONLY, SIGNED_IN, Row, by_role

RESOURCES = "<lang>/material/export/<slug:kind>/"
ORGANISATIONS = "<lang>/organisationen/export/<slug:kind>/"
START = "<lang>/mitmachen/import/"
RUN = "<lang>/mitmachen/import/<uuid:public_id>/"
EXAMPLE = "<lang>/mitmachen/import/beispiel/<slug:kind>/"
OWN = "<lang>/mitmachen/export/<uuid:public_id>/<slug:kind>/"
# Behind the login, and then nobody's but one person's.
NOT_THEIRS = by_role(302, 404)
OF_OWNERS = by_role(302, 404, owner_a=200)

EXCHANGE = [
    Row(START, "/{lang}/mitmachen/import/", SIGNED_IN, SIGNED_IN),
    Row(RUN, "/{lang}/mitmachen/import/{import_run}/", NOT_THEIRS, NOT_THEIRS),
    Row(EXAMPLE, "/{lang}/mitmachen/import/beispiel/csv/", SIGNED_IN, by_role(302, 405)),
    Row(EXAMPLE, "/{lang}/mitmachen/import/beispiel/exe/", NOT_THEIRS, by_role(302, 405)),
    Row(OWN, "/{lang}/mitmachen/export/{organisation_uuid}/csv/", OF_OWNERS, by_role(302, 405)),
    Row(
        OWN,
        "/{lang}/mitmachen/export/{draft_organisation_uuid}/csv/",
        NOT_THEIRS,
        by_role(302, 405),
    ),
    Row(RESOURCES, "/{lang}/material/export/csv/?type=guide", EVERYBODY, READ_ONLY),
    Row(RESOURCES, "/{lang}/material/export/xlsx/", EVERYBODY, READ_ONLY),
    Row(RESOURCES, "/{lang}/material/export/ris/", EVERYBODY, READ_ONLY),
    Row(RESOURCES, "/{lang}/material/export/exe/", NOBODY, READ_ONLY),
    Row(ORGANISATIONS, "/{lang}/organisationen/export/csv/", EVERYBODY, READ_ONLY),
    Row(ORGANISATIONS, "/{lang}/organisationen/export/ris/", NOBODY, READ_ONLY),
]
