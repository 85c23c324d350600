"""Development: what `make run` starts."""

from .base import *
from .base import env

DEBUG = True
SECRET_KEY = env("NEXSM_SECRET_KEY", default="development-only-not-secret")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = {  # the manifest needs collectstatic, which nobody wants while developing
    "default": {"BACKEND": "nexsm.base.media.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
