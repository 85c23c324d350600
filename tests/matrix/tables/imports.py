"""Imports from files and exports to files."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, NOBODY, READ_ONLY, Row

RESOURCES = "<lang>/material/export/<slug:kind>/"
ORGANISATIONS = "<lang>/organisationen/export/<slug:kind>/"

EXCHANGE = [
    Row(RESOURCES, "/{lang}/material/export/csv/?type=guide", EVERYBODY, READ_ONLY),
    Row(RESOURCES, "/{lang}/material/export/xlsx/", EVERYBODY, READ_ONLY),
    Row(RESOURCES, "/{lang}/material/export/ris/", EVERYBODY, READ_ONLY),
    Row(RESOURCES, "/{lang}/material/export/exe/", NOBODY, READ_ONLY),
    Row(ORGANISATIONS, "/{lang}/organisationen/export/csv/", EVERYBODY, READ_ONLY),
    Row(ORGANISATIONS, "/{lang}/organisationen/export/ris/", NOBODY, READ_ONLY),
]
