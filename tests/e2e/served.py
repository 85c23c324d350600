"""Settings of the site in the browser tests: a developer's site as visitors see it."""

from nexsm.config.settings.dev import *  # noqa: F403 - settings are layered with star imports

DEBUG = False
