"""Whether an address speaks for a website."""

import pytest

from knowledge.enums import ClaimEvidence
from knowledge.mail_domains import FREE_MAIL, SHARED_HOSTS, evidence

SAME, RELATED, OTHER, LOOKALIKE, FREE, NO_SITE = (
    ClaimEvidence.SAME,
    ClaimEvidence.RELATED,
    ClaimEvidence.OTHER,
    ClaimEvidence.LOOKALIKE,
    ClaimEvidence.FREE_MAIL,
    ClaimEvidence.NO_SITE,
)
CASES = [
    ("info@verein.de", "https://verein.de", SAME),
    ("info@verein.de", "https://www.verein.de/de/", SAME),
    ("info@verein.de", "https://www.verein.de/de/ueber-uns", RELATED),
    ("Info@VEREIN.de", "HTTP://WWW.Verein.DE:8080/", SAME),
    ("info@verein.de.", "https://verein.de./", SAME),
    ("info@bücher-verein.de", "https://www.xn--bcher-verein-dlb.de/", SAME),
    ("info@verein.org.tr", "https://verein.org.tr", SAME),
    # Above or below: a person looks at it.
    ("someone@students.uni.de", "https://uni.de", RELATED),
    ("someone@uni.de", "https://verein.uni.de", RELATED),
    ("info@mail.verein.de", "https://verein.de", RELATED),
    # No relation, and what could be taken for one.
    ("a@boese.org.tr", "https://verein.org.tr", OTHER),
    ("info@verein.de", "https://notverein.de", OTHER),
    ("info@other.example", "https://verein.de/?u=@other.example", OTHER),
    ("info@ver\u0435in.de", "https://verein.de", LOOKALIKE),  # a Cyrillic letter
    ("info@xn--verin-8of.de", "https://verein.de", OTHER),
    ("info@vere1n.de", "https://verein.de", LOOKALIKE),
    ("info@verrein.de", "https://verein.de", LOOKALIKE),
    ("info@verein.com", "https://verein.de", LOOKALIKE),
    ("info@ver-ein.de", "https://verein.de", LOOKALIKE),
    ("info@straße.de", "https://strasse.de", LOOKALIKE),
    # Providers of mail and hosts of many.
    ("verein@gmx.de", "https://verein.de", FREE),
    ("verein@gmail.com", "https://gmail.com", FREE),
    ("a@web.de", "https://web.de/verein", FREE),
    ("someone@google.com", "https://sites.google.com/view/verein", NO_SITE),
    ("verein@facebook.com", "https://www.facebook.com/verein", NO_SITE),
    ("a@verein.jimdosite.com", "https://verein.jimdosite.com", NO_SITE),
    ("info@verein.de", "", NO_SITE),
    # A branch has a page below the domain of something larger.
    ("student@uni-x.de", "https://www.uni-x.de/asta", RELATED),
    ("info@verein.de", "https://verein.de/", SAME),
    ("info@verein.de", "https://[bad", NO_SITE),
    ("info@localhost", "http://localhost", NO_SITE),
    ("verein.de", "https://verein.de", OTHER),
]


@pytest.mark.parametrize(("email", "website", "expected"), CASES)
def test_evidence(email, website, expected):
    assert evidence(email=email, website=website) == expected


def test_the_lists_hold_domains():
    for domain in FREE_MAIL | SHARED_HOSTS:
        assert "." in domain
        assert domain == domain.lower().strip(".")
