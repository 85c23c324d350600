"""A missing service skips a test with its reason, and fails it where services are required."""

import pytest

from scripts.services.start import REASON
from tests import real_services

VARIABLE = "NEXSM_TEST_NOTHING_URL"


def test_the_address_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv(VARIABLE, "http://127.0.0.1:1")
    assert real_services.address_of(VARIABLE) == "http://127.0.0.1:1"


def test_a_missing_service_skips_with_the_reason(monkeypatch):
    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)
    monkeypatch.setenv(VARIABLE + REASON, "Nothing is missing: no package")
    with pytest.raises(pytest.skip.Exception, match="Nothing is missing: no package"):
        real_services.address_of(VARIABLE)


def test_a_required_service_fails_with_the_reason(monkeypatch):
    monkeypatch.setenv("REQUIRE_SERVICES", "1")
    with pytest.raises(pytest.fail.Exception, match=f"{VARIABLE} is not set"):
        real_services.address_of(VARIABLE)
