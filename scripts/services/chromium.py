"""A Chromium for the browser tests: the one that is here, or the system's package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.services import system

VARIABLE = "NEXSM_CHROMIUM"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """The path of a browser on this machine."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def service() -> Iterator[dict[str, str]]:
    """Yield the variable that names the browser. Raises UnavailableError when there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        if shutil.which(given) is None:
            raise system.UnavailableError(f"{VARIABLE}={given} is not a program")
        yield {VARIABLE: given}
        return
    path = find()
    if path is None:
        system.install("chromium", "fonts-noto-core")  # the fonts show Arabic, Tigrinya and others
        path = find()
    if path is None:
        raise system.UnavailableError("the package chromium brought no program of that name")
    yield {VARIABLE: path}
