"""Settings every environment shares. Whatever differs between machines comes from the environment."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .parts.accounts import *
from .parts.cms import *
from .parts.security import *
from .parts.uploads import *

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[4]
DATA_DIR = Path(env("NEXSM_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    message = f"NEXSM_DATA_DIR: the folder {DATA_DIR} cannot be made ({error.strerror})."
    raise ImproperlyConfigured(message) from error

BASE_URL = env("NEXSM_BASE_URL", default="http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
SEARCH_URL = env("NEXSM_SEARCH_URL", default="tantivy:///search")
# The server process keeps the index up to date itself; "manage.py search_worker" may do it as well.
SEARCH_EMBEDDED_WORKER = True
# Periodic jobs that wait for other machines run in threads of their own, beside that worker.
PERIODIC_THREADS = True
SITE_NAME = "NexSM"
# Whether everybody with rights in the editors' area needs a second factor. Production says yes.
REQUIRE_SECOND_FACTOR = env.bool("NEXSM_REQUIRE_SECOND_FACTOR", default=False)
# The AGPL (section 13) asks whoever runs a changed copy to offer its source to visitors.
SOURCE_URL = env("NEXSM_SOURCE_URL", default="")
# Whether the site asks other sites if links in its content still work.
LINK_CHECK = env.bool("NEXSM_LINK_CHECK", default=False)
# Sites that may show a programme in a frame, as Content-Security-Policy names them.
EMBED_FRAME_ANCESTORS = env.list("NEXSM_EMBED_FRAME_ANCESTORS", default=["*"])

INSTALLED_APPS = [
    "nexsm.config",
    "nexsm.demo",
    "search",
    "conference",
    "knowledge",
    "nexsm.accounts",
    "nexsm.base",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "nexsm.accounts.wagtail_users.UsersAdminConfig",  # wagtail.users with our views
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets' templates, for the renderer below
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nexsm.base.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nexsm.accounts.middleware.PrivateResponseMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "nexsm.accounts.middleware.KeptFormMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nexsm.accounts.middleware.AdminMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "nexsm.base.middleware.NulMiddleware",
    "nexsm.base.middleware.UploadMiddleware",
]

ROOT_URLCONF = "nexsm.config.urls"
WSGI_APPLICATION = "nexsm.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "nexsm.base.navigation.site_context",
            ],
        },
    },
]

# Widgets of our own have their templates where all templates are.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'nexsm.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Django's default lets two readers that become writers fail at once. IMMEDIATE takes the write
    # lock at BEGIN and then waits, WAL lets readers go on meanwhile.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# To open a connection takes longer than all queries of most pages, on SQLite, too.
DATABASES["default"]["CONN_MAX_AGE"] = 60

CACHES = {
    # In the database, so that limits of tries to sign in hold for all workers and survive a restart.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "nexsm_cache",
        # Django's 300 are reached on a busy day, and then it throws counts of tries away. What has
        # expired is deleted every hour (nexsm.base.cache_table).
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # To ask the cache, a table, takes as long as asking the table of pictures itself.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "nexsm.base.media.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds the worker waits for the mail server
DEFAULT_FROM_EMAIL = env("NEXSM_FROM_EMAIL", default="NexSM <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# What takes longer than a request: it waits in the database for knowledge.services.imports.tasks.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
