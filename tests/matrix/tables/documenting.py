"""Documentation by the people of a session. The account of the samples' session is nobody's of the roles."""

from __future__ import annotations

from tests.matrix.roles import READ_ONLY, SIGNED_IN, Row, by_role

SESSIONS = "mitmachen/programmpunkte/"

DOCUMENTING = [
    Row(f"<lang>/{SESSIONS}", f"/{{lang}}/{SESSIONS}", SIGNED_IN, READ_ONLY),
    Row(
        f"<lang>/{SESSIONS}<int:pk>/unterlagen/",
        f"/{{lang}}/{SESSIONS}{{session}}/unterlagen/",
        by_role(302, 404),
        by_role(302, 404),
    ),
    # The owner of A is named in the programme of this one.
    Row(
        f"<lang>/{SESSIONS}<int:pk>/unterlagen/",
        f"/{{lang}}/{SESSIONS}{{own_session}}/unterlagen/",
        by_role(302, 404, owner_a=200),
        by_role(302, 404, owner_a=200),
    ),
]
