"""Whether a mail address speaks for a website: the comparison of two domains.

Only the same domain proves something, and only if the website is all of it: the page of a branch
below a path says nothing about everybody who has an address there. A domain above may belong to a university with 40,000
students, a domain below to a customer of the provider; which part of a name people register would
need the Public Suffix List. So these go to a person, who sees what was found.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from anyascii import anyascii

from knowledge.enums import ClaimEvidence

_DATA = Path(__file__).parent / "data"


def _domains(name: str) -> frozenset[str]:
    return frozenset((_DATA / name).read_text(encoding="utf-8").split())


# Providers where everybody can have an address: it says nothing about an organisation.
FREE_MAIL = _domains("free_mail_providers.txt")
# Hosts that many organisations share: their domain is the provider's, not an organisation's.
SHARED_HOSTS = _domains("shared_hosts.txt")


_LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)

# Python's codec turns these into other letters (IDNA 2003), today they are letters of their own
# (IDNA 2008): straße.de and strasse.de can belong to two people.
_DEVIATIONS = frozenset("ß\u03c2\u200c\u200d")


def ascii_domain(domain: str) -> str:
    """A domain in small ASCII letters (IDNA), without a dot at the end; "" for what is none."""
    labels = domain.strip().rstrip(".").lower().split(".")
    try:
        return ".".join(_ascii_label(label) for label in labels)
    except UnicodeError:
        return ""


def _ascii_label(label: str) -> str:
    if _DEVIATIONS.intersection(label):
        return "xn--" + label.encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii").lower()


def domain_of_address(email: str) -> str:
    """The domain of a mail address, in ASCII; "" without one."""
    local, _at, domain = email.rpartition("@")
    return ascii_domain(domain) if local else ""


def domain_of_website(url: str) -> str:
    """The host of a website without ``www.``, in ASCII; "" for what is no web address."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    domain = ascii_domain(host).removeprefix("www.")
    return domain if "." in domain else ""


def _is_below_a_path(url: str) -> bool:
    """Whether the website is a part of what stands under its domain: ``example.org/branch``.

    ``example.org/de/`` is all of it, in German.
    """
    parts = urlsplit(url if "//" in url else f"//{url}")
    path = parts.path.strip("/")
    return bool(parts.query or (path and not _LANGUAGE.fullmatch(path)))


def is_shared(domain: str) -> bool:
    """Whether many organisations stand under this domain."""
    return any(domain == shared or domain.endswith(f".{shared}") for shared in SHARED_HOSTS)


def evidence(*, email: str, website: str) -> ClaimEvidence:
    """What a confirmed address says about whose website this is."""
    address, site = domain_of_address(email), domain_of_website(website)
    if not site or is_shared(site):
        return ClaimEvidence.NO_SITE
    if address in FREE_MAIL or is_shared(address):
        return ClaimEvidence.FREE_MAIL
    if address and address == site:
        # A provider's own address as the website proves as little as a mailbox there.
        if site in FREE_MAIL:
            return ClaimEvidence.FREE_MAIL
        return ClaimEvidence.RELATED if _is_below_a_path(website) else ClaimEvidence.SAME
    if address.endswith(f".{site}") or site.endswith(f".{address}"):
        return ClaimEvidence.RELATED
    return ClaimEvidence.LOOKALIKE if _look_alike(address, site) else ClaimEvidence.OTHER


def _look_alike(first: str, second: str) -> bool:
    """Whether two domains can be taken for each other: letters of other scripts, one letter more."""
    one, two = _skeleton(first), _skeleton(second)
    return one == two or _is_near(one, two) or _name(one) == _name(two)


def _skeleton(domain: str) -> str:
    """What a reader sees: other scripts in Latin letters, and letters that look the same as one."""
    text = (
        anyascii(".".join(_shown_label(label) for label in domain.split(".")))
        .lower()
        .replace("rn", "m")
        .replace("vv", "w")
    )
    return text.translate(str.maketrans("01|", "oll")).replace("-", "")


def _shown_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _name(domain: str) -> str:
    """The domain without its ending: verein.de and verein.com are easily taken for each other."""
    return domain.rpartition(".")[0]


def _is_near(one: str, two: str) -> bool:
    """Whether at most one letter was added, left out or exchanged."""
    if abs(len(one) - len(two)) > 1:
        return False
    shorter, longer = sorted((one, two), key=len)
    for place, (left, right) in enumerate(zip(shorter, longer, strict=False)):
        if left != right:
            rest = shorter[place + 1 :] if len(one) == len(two) else shorter[place:]
            return rest == longer[place + 1 :]
    return True
