"""People for these tests."""

import pytest
from django.core.cache import cache

from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def member(db):
    return UserFactory()


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def administrator(db):
    return SuperuserFactory()
