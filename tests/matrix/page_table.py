"""Who gets which answer at the routes below pages of conferences and sessions.

A route that stands nowhere here fails the test. An address is what follows the address of its page;
it may name samples in braces, they are made by the fixture ``conferences``.
"""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC, DRAFT, HIDDEN = CONFERENCES = ("public", "draft", "hidden")

# Answers. A page that is hidden shows the form for its password and nothing of itself.
SHOWN = "200"
MISSING = "404"
PASSWORD = "password"

Answers = dict[str, str]
# For a visitor, a member and an editor alike: who may see a draft sees its preview in the admin.
PAGE: Answers = {PUBLIC: SHOWN, DRAFT: MISSING, HIDDEN: PASSWORD}
# Programs cannot fill in a form.
FILE: Answers = {PUBLIC: SHOWN, DRAFT: MISSING, HIDDEN: MISSING}
NOTHING: Answers = {PUBLIC: MISSING, DRAFT: MISSING, HIDDEN: MISSING}


@dataclass(frozen=True)
class PageRow:
    """One address of a route. ``reads_only``: it answers 405 to POST."""

    route: str
    url: str
    answers: Answers
    reads_only: bool = True


DAY = r"^(?P<day>\d{4}-\d{2}-\d{2})\.ics/$"

CONFERENCE = [
    # Wagtail's pages do not tell methods apart.
    PageRow("", "", PAGE, reads_only=False),
    PageRow("programm.ics/", "programm.ics", FILE),
    PageRow("programm.ics/", "programm.ics?nur-konferenz", FILE),
    PageRow("programm.pdf/", "programm.pdf", FILE),
    PageRow(DAY, "2024-06-04.ics", FILE),
    PageRow(DAY, "2024-06-05.ics", NOTHING),
    PageRow(DAY, "2024-13-01.ics", NOTHING),
    PageRow("runde/<uuid:uid>.ics/", "runde/{round}.ics", FILE),
    PageRow("runde/<uuid:uid>.ics/", "runde/{nobody}.ics", NOTHING),
    PageRow("termin/<uuid:uid>.ics/", "termin/{entry}.ics", FILE),
    PageRow("termin/<uuid:uid>.ics/", "termin/{nobody}.ics", NOTHING),
    PageRow("aenderungen/", "aenderungen/", PAGE),
    PageRow("aenderungen.atom/", "aenderungen.atom", FILE),
    PageRow("einbetten/", "einbetten/", PAGE),
    PageRow("schedule.xml/", "schedule.xml", FILE),
    PageRow("schedule.json/", "schedule.json", FILE),
]
SESSION = [
    PageRow("", "", PAGE, reads_only=False),
    PageRow("termine.ics/", "termine.ics", FILE),
]
ROWS = {"conference": CONFERENCE, "session": SESSION}
