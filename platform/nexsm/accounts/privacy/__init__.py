"""What the site holds of a person: every room says it here, for the export and for erasure."""

from .erasure import ErasureRefusedError, erase
from .export import write_export
from .former import former_member, person_name
from .registry import (
    AtErasure,
    Holding,
    Objection,
    holdings,
    objections_of,
    register,
    register_lock,
    register_objection,
    register_step,
)

__all__ = [
    "AtErasure",
    "ErasureRefusedError",
    "Holding",
    "Objection",
    "erase",
    "former_member",
    "holdings",
    "objections_of",
    "person_name",
    "register",
    "register_lock",
    "register_objection",
    "register_step",
    "write_export",
]
