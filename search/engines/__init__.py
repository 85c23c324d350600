"""Search engines behind one interface. The rest of the room imports ``get_engine`` and the base."""

from search.engines.base import (
    DocumentsRefused,
    Engine,
    EngineBusy,
    EngineHealth,
    EngineUnavailable,
    Hit,
    Page,
)
from search.engines.registry import get_engine

__all__ = [
    "DocumentsRefused",
    "Engine",
    "EngineBusy",
    "EngineHealth",
    "EngineUnavailable",
    "Hit",
    "Page",
    "get_engine",
]
