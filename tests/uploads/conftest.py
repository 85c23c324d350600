"""A media folder of its own for every test, and the people who upload."""

from pathlib import Path

import pytest
from django.core.cache import cache

from tests.factories.accounts import SuperuserFactory, UserFactory


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    cache.clear()  # renditions of the test before, whose picture had the same number
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOAD_DISK_PERCENT = 100  # how full the disk of this machine is, is no part of a test
    return settings.MEDIA_ROOT


@pytest.fixture
def stored(media_root):
    """The files that lie in the media folder."""
    return lambda: [path for path in Path(media_root).rglob("*") if path.is_file()]


@pytest.fixture
def member(db):
    return UserFactory()


@pytest.fixture
def admin(client, db):
    client.force_login(SuperuserFactory())
    return client
