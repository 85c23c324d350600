"""Wagtail: the editors' side."""

WAGTAIL_SITE_NAME = "NexSM"
WAGTAILIMAGES_IMAGE_MODEL = "base.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "base.Document"
WAGTAILADMIN_LOGIN_URL = "account_login"
# No call to third parties from the editors' browsers either.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_MODERATION_ENABLED = True
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Wagtail 8.0 saves by itself while somebody presses "Submit": the form arrives twice, and there are
# two new items or a conflict with oneself. Seen in the browser; leaving a page unsaved still warns.
WAGTAIL_AUTOSAVE_INTERVAL = 0
