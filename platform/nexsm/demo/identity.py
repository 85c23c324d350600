"""Identities of what the demo loads: computed from stable keys, so a second run finds it again."""

from __future__ import annotations

import uuid

IMPORT_SOURCE = "demo"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.nexsm.example.org")


def demo_uuid(*parts: str) -> uuid.UUID:
    """Return the UUID that belongs to a key, for example ``demo_uuid("occurrence", "r1-1")``."""
    return uuid.uuid5(_NAMESPACE, "/".join(parts))
