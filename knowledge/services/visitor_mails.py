"""Mails to addresses that visitors typed in: they can be anybody's, so none gets many.

Nobody has confirmed them (quality A35). The limit is for what is begun, not for single mails: what belongs
to a report that was confirmed may follow. Who writes is limited where she writes.
"""

from __future__ import annotations

from nexsm.base import throttle

PER_ADDRESS = 3
# Beyond that what is written is taken without any mail: a flood from many places closes no form.
FROM_EVERYBODY = 300


def is_flood(action: str) -> bool:
    """Count one more from anybody and say whether there are too many of them for mails."""
    return not throttle.allow(f"{action}-all", "", limit=FROM_EVERYBODY, seconds=throttle.HOUR)


def address_to_write_to(address: str) -> str:
    """Count one more report or suggestion with this address; empty when it has had enough mails.

    What is returned is kept, and the rest is not: no later mail goes there, either.
    """
    wanted = address and throttle.allow(
        "visitor-mail", address.lower(), limit=PER_ADDRESS, seconds=throttle.WEEK
    )
    return address if wanted else ""
