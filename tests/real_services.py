"""The one rule for tests that need a real service: skip with a reason, or fail when services are required."""

import os
from typing import NoReturn

import pytest

from scripts.services import chromium, elasticsearch, postgres
from scripts.services.start import REASON

CHROMIUM = chromium.VARIABLE
POSTGRES = postgres.VARIABLE
ELASTICSEARCH = elasticsearch.VARIABLE


def missing(reason: str) -> NoReturn:
    """Skip the test; fail it under REQUIRE_SERVICES=1, where nothing may be left out."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def address_of(variable: str) -> str:
    """The address `make test` gave to a service."""
    value = os.environ.get(variable)
    if value:
        return value
    missing(os.environ.get(variable + REASON) or f"{variable} is not set; make test sets it")


def browser_program() -> str:
    """The browser `make test` named, else the one on this machine."""
    given_or_found = os.environ.get(CHROMIUM) or chromium.find()
    return given_or_found or address_of(CHROMIUM)
