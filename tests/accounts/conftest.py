"""People for these tests."""

from collections import UserList

import pytest
from django.core import mail
from django.core.cache import cache

from nexsm.base.mail.delivery import deliver_due
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


class Delivered(UserList):
    """What the mail server has got, after the queue has been worked off."""

    @property
    def data(self):
        deliver_due()
        return mail.outbox

    @data.setter
    def data(self, value):
        """The list belongs to Django."""


@pytest.fixture
def mailoutbox(mailoutbox):
    """Mails wait in the queue; whoever looks into this list sees them delivered."""
    return Delivered()


@pytest.fixture
def member(db):
    return UserFactory()


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def administrator(db):
    return SuperuserFactory()
