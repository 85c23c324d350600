import pytest
from django.db import transaction

from nexsm.base.models import Document, Image
from nexsm.demo.facts import facts as read_facts
from nexsm.demo.loader import load


@pytest.fixture
def facts():
    return read_facts()


def delete_stored_files():
    for holder in (*Document.objects.all(), *Image.objects.all()):
        holder.file.storage.delete(holder.file.name)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """The whole demo, loaded once for a module and rolled back after it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        result = load()
    yield result
    with django_db_blocker.unblock():
        delete_stored_files()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def loaded(loaded_once, db):
    """The whole demo; what a test changes is undone after it."""
    return loaded_once
