"""Settings of the benchmarks: the site as it is, in a folder of its own, without its index worker."""

import os

from django.core.exceptions import ImproperlyConfigured

if not os.environ.get("NEXSM_DATA_DIR"):
    message = "NEXSM_DATA_DIR: the benchmarks never use the folder of a developer. Name another."
    raise ImproperlyConfigured(message)

from nexsm.config.settings.base import *  # noqa: F403 - settings are layered this way

DEBUG = False
SECRET_KEY = "benchmarks-only-not-secret"  # noqa: S105 - used by no running site
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
# The manifest of production only changes the names of files, which no benchmark fetches.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is edited while it is measured.
SEARCH_EMBEDDED_WORKER = False
MIDDLEWARE = ["benchmarks.forgetting.ForgettingMiddleware", *MIDDLEWARE]  # noqa: F405 - of the site
ROOT_URLCONF = "benchmarks.urls"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
