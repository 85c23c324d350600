"""Which network addresses the site may talk to: those of the public internet."""

from __future__ import annotations

import ipaddress

# 168.63.129.16 is public by its number, and the metadata service of virtual machines at Azure. The others
# carry an IPv4 address inside (6to4, Teredo, NAT64) or are no place at all; Python 3.11 calls some global.
REFUSED = [
    ipaddress.ip_network(net)
    for net in (
        "168.63.129.16/32",
        "192.88.99.0/24",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "fec0::/10",
    )
]


def is_public(address: str) -> bool:
    """Whether an address (as text, IPv4 or IPv6, without brackets) lies in the public internet.

    An address inside another one (``::ffff:127.0.0.1``) is judged by what it leads to. What is no
    address is not public.
    """
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is not None:
        number = number.ipv4_mapped
    if not number.is_global or number.is_multicast or number.is_reserved:
        return False
    return not any(number in net for net in REFUSED if net.version == number.version)
