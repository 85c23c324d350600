"""Production: secrets only from the environment, everything over HTTPS."""

from urllib.parse import urlsplit

from .base import *
from .base import BASE_URL, SILENCED_SYSTEM_CHECKS, env

DEBUG = False
SECRET_KEY = env("NEXSM_SECRET_KEY")
_host = urlsplit(BASE_URL).hostname or "localhost"
ALLOWED_HOSTS = [_host]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# One proxy in front, as the line above says; without it all visitors would share one limit of tries.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
REQUIRE_SECOND_FACTOR = env.bool("NEXSM_REQUIRE_SECOND_FACTOR", default=True)
SECURE_HSTS_SECONDS = 31_536_000
# Right for a host of its own. On the host of a whole organisation, a subdomain without HTTPS (an old
# site, a mail program) would be out of reach for a year for everybody who has been here.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("NEXSM_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
if not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
