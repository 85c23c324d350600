"""Tests: fast hashing, mail in memory, files and index in a folder of their own."""

import atexit
import os
import shutil
import tempfile

# Each worker of pytest-xdist gets a folder, which the programs it starts share. Whatever a
# developer has in the environment is not touched.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
if not os.environ.get("NEXSM_DATA_DIR", "").endswith(f"-{_worker}"):
    _folder = tempfile.mkdtemp(prefix="nexsm-test-", suffix=f"-{_worker}")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    os.environ["NEXSM_DATA_DIR"] = _folder

from .base import *  # noqa: E402 - the folder must be chosen before

DEBUG = False
SECRET_KEY = "tests-only-not-secret"  # noqa: S105 - used by no running site
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "nexsm.base.media.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Tests work off the outbox themselves, when they want it.
SEARCH_EMBEDDED_WORKER = False
PERIODIC_THREADS = False
