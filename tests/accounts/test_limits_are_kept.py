"""Counts of tries lie in the cache of a real site: nothing that happens there may lift a limit."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from nexsm.base import cache_table
from nexsm.config.settings import base
from tests.factories.base import ImageFactory


@pytest.fixture
def cache(db):
    """The cache as a site has it; in other tests it is in memory."""
    with override_settings(CACHES=base.CACHES):
        call_command("createcachetable")
        yield caches["default"]


def test_a_busy_site_does_not_forget_who_has_tried_too_often(client, member, cache):
    def attempt():
        data = {"login": member.email, "password": "wrong"}
        return client.post(reverse("account_login"), data).status_code

    assert [attempt() for _ in range(6)][-1] == 429
    for number in range(400):  # Django keeps 300 unless told otherwise
        cache.set(f"zzz-{number}", number)
    assert attempt() == 429


def test_pictures_that_are_shown_take_no_place_among_the_counts(cache):
    image = ImageFactory()
    image.get_rendition("max-20x20")
    keys = cache_keys()
    image.get_rendition("max-20x20")
    assert cache_keys() == keys
    assert not [key for key in keys if "rendition" in key]


def test_what_has_expired_is_deleted_and_the_rest_is_not(cache):
    cache.set("over", 1, timeout=10)
    cache.set("counts", 1, timeout=1000)
    assert cache_table.forget_expired(timezone.now() + timedelta(seconds=60)) == 1
    assert [key.rsplit(":", 1)[-1] for key in cache_keys()] == ["counts"]


def test_a_cache_in_memory_is_left_alone():
    assert cache_table.forget_expired() == 0


def cache_keys():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM nexsm_cache ORDER BY cache_key")
        return [key for (key,) in cursor.fetchall()]
