"""Settings of a small project with nothing but Wagtail's search. Never part of the site."""

import json
import os
from pathlib import Path

_FOLDER, _DOCUMENTS, _ELASTICSEARCH, _DATABASE = json.loads(os.environ["BENCHMARK_PLACE"])

DEBUG = False
SECRET_KEY = "benchmarks-only-not-secret"  # noqa: S105 - used by no running site
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "benchmarks.peers",
    "modelsearch",  # what wagtail.search is made of, without the rest of Wagtail
    "django.contrib.contenttypes",
]
# Less than any real project has.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "benchmarks.peers.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["NEXSM_DATA_DIR"]) / "peer.sqlite3",
        # Kept open, as the site's is.
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "de"
USE_TZ = True
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False},
}
if _ELASTICSEARCH:
    MODELSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "modelsearch.backends.elasticsearch9",
        "URLS": [_ELASTICSEARCH],
        "INDEX_PREFIX": os.environ["BENCHMARK_PEER_PREFIX"],
        "AUTO_UPDATE": False,
        "TIMEOUT": 60,
    }
