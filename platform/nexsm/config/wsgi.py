"""WSGI entry point: `gunicorn nexsm.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexsm.config.settings.production")

application = get_wsgi_application()

from search import warming  # noqa: E402 - needs the apps
from search.worker import ensure_running  # noqa: E402 - needs the apps

# A server keeps the index up to date from its first second, not from its first request.
ensure_running()
warming.start()
