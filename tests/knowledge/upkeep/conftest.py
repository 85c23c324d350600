import pytest
from django.core.cache import cache

from nexsm.base.models import OutgoingMail
from tests.factories.base import HomePageFactory


@pytest.fixture(autouse=True)
def surroundings(db):
    HomePageFactory()
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mails():
    """Mails in the queue: pairs of address and text, in the order of writing."""

    def mails():
        queued = OutgoingMail.objects.order_by("pk")
        return [(mail.to, f"{mail.subject}\n{mail.text}") for mail in queued]

    return mails
