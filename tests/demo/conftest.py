from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
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


@contextmanager
def kept_for_a_module(blocker, **options):
    """Load once; everything is rolled back and deleted when the module is done."""
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        result = load(**options)
    yield result
    with blocker.unblock():
        delete_stored_files()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as result:
        yield result


@pytest.fixture(scope="module")
def facts_loaded_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker, with_examples=False) as result:
        yield result


@pytest.fixture
def loaded(loaded_once, db):
    """The whole demo; what a test changes is undone after it."""
    return loaded_once


@pytest.fixture
def files_come_back(loaded):
    """A test may delete files for good: the database is rolled back after it, the disk is not."""
    kept = []
    for holder in (*Document.objects.all(), *Image.objects.all()):
        with holder.file.storage.open(holder.file.name) as stored:
            kept.append((holder.file.storage, holder.file.name, stored.read()))
    yield
    for storage, name, content in kept:
        if not storage.exists(name):
            storage.save(name, ContentFile(content))


@pytest.fixture
def facts_loaded(facts_loaded_once, db):
    """NexSM24 and the pages, without the examples."""
    return facts_loaded_once
