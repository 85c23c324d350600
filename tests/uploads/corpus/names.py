"""A good PDF under hostile names: it comes in, under a name that can do nothing."""

from __future__ import annotations

from tests.base import media_corpus as made

from .case import ACCEPT, Case, fixed

HOSTILE = {
    "a\r\nX-Header: 1.pdf": "a line break that would begin a header",
    "a\nb.pdf": "a line feed",
    "\x00nul.pdf": "a NUL at the start",
    "nul\x00.exe.pdf": "a NUL before another extension",
    "invoice\u202efdp.pdf": "a name that turns round",
    "\u200f\u200e\u2066.pdf": "nothing but marks of direction",
    "zero\u200bwidth\ufeff.pdf": "characters without width",
    "../../../etc/passwd.pdf": "a path that climbs",
    "..\\..\\windows\\system.pdf": "the same with the other slash",
    "/etc/shadow.pdf": "an absolute path",
    "C:\\boot.pdf": "a drive",
    "con.pdf": "a name Windows keeps for itself",
    "LPT1.pdf": "another of them",
    "x" * 300 + ".pdf": "three hundred characters",
    "....pdf": "only dots",
    "   spaces   .pdf": "spaces around",
    "program.exe.pdf": "two extensions",
    'a"; filename=evil.html;.pdf': "an end of the header's value",
    "<script>alert(1)</script>.pdf": "a script",
    ".htaccess.pdf": "a hidden file",
    "${jndi:ldap://x}.pdf": "something a log might run",
    "%2e%2e%2fetc.pdf": "a path in another spelling",
    "-rf.pdf": "an option of a program",
}

CASES = [Case(name, fixed(made.PDF), why, ACCEPT) for name, why in HOSTILE.items()]
