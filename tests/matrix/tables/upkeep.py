"""What keeps content right: reports and what became of them."""

from __future__ import annotations

from tests.matrix.roles import EVERYBODY, FORM, LED_ON, NOBODY, READ_ONLY, SIGNED_IN, Row, by_role

REPORT = "<lang>/melden/<slug:kind>/<slug:key>/"
STATUS = "<lang>/melden/vorgang/<str:token>/status/"
SUGGESTION = "<lang>/aendern/<slug:kind>/<slug:key>/"
QUESTIONS = "<lang>/bestaetigen/<str:token>/"

UPKEEP = [
    Row(REPORT, "/{lang}/melden/resource/{resource_uuid}/", EVERYBODY, FORM),
    Row(REPORT, "/{lang}/melden/organisation/{organisation_uuid}/", EVERYBODY, FORM),
    Row(REPORT, "/{lang}/melden/page/{page}/", EVERYBODY, FORM),
    Row(REPORT, "/{lang}/melden/page/{session}/", EVERYBODY, FORM),
    Row(REPORT, "/{lang}/melden/person/{person_uuid}/", EVERYBODY, FORM),
    Row(REPORT, "/{lang}/melden/person/{silent_person_uuid}/", NOBODY, NOBODY),
    Row(REPORT, "/{lang}/melden/resource/{draft_uuid}/", NOBODY, NOBODY),
    Row(
        REPORT,
        "/{lang}/melden/resource/{members_uuid}/",
        by_role(404, 200),
        by_role(404, 200),
    ),
    Row(STATUS, "/{lang}/melden/vorgang/{report_token}/status/", EVERYBODY, FORM),
    Row(STATUS, "/{lang}/melden/vorgang/wrong/status/", NOBODY, NOBODY),
    Row(QUESTIONS, "/{lang}/bestaetigen/{freshness_token}/", EVERYBODY, LED_ON),
    Row(QUESTIONS, "/{lang}/bestaetigen/wrong/", NOBODY, NOBODY),
    Row("<lang>/mitmachen/links/", "/{lang}/mitmachen/links/", SIGNED_IN, READ_ONLY),
    Row(SUGGESTION, "/{lang}/aendern/resource/{resource_uuid}/", EVERYBODY, FORM),
    Row(SUGGESTION, "/{lang}/aendern/page/{page}/", EVERYBODY, FORM),
    Row(SUGGESTION, "/{lang}/aendern/resource/{draft_uuid}/", NOBODY, NOBODY),
    Row("<lang>/mitmachen/vorschlaege/", "/{lang}/mitmachen/vorschlaege/", SIGNED_IN, READ_ONLY),
    Row(
        "<lang>/mitmachen/vorschlaege/<int:pk>/",
        "/{lang}/mitmachen/vorschlaege/{suggestion}/",
        by_role(302, 404),
        by_role(302, 404),
    ),
]
