"""Tests: fast hashing, mail in memory, files and index in a folder of their own."""

import os
import tempfile

os.environ.setdefault("NEXSM_DATA_DIR", tempfile.mkdtemp(prefix="nexsm-test-"))

from .base import *

DEBUG = False
SECRET_KEY = "tests-only-not-secret"  # noqa: S105 - used by no running site
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
