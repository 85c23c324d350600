"""Headers and cookies. Visitors get no cookie; nothing is loaded from elsewhere."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
# Whose players a page may show, each after a click only: who gets the data, the address of a
# recording, the address of its player. What is not listed stays a link.
_ID = r"(?P<id>[\w.-]+)"
_REST = r"(?:[?&#].*)?"
_YOUTUBE = "https://www.youtube-nocookie.com/embed/{id}"
PLAYERS = [
    (
        "YouTube (Google)",
        rf"https://(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|embed/|live/){_ID}{_REST}",
        _YOUTUBE,
    ),
    ("YouTube (Google)", rf"https://youtu\.be/{_ID}{_REST}", _YOUTUBE),
    (
        "Vimeo",
        rf"https://(?:www\.)?vimeo\.com/(?P<id>\d+){_REST}",
        "https://player.vimeo.com/video/{id}?dnt=1",
    ),
    (
        "Chaos Computer Club",
        rf"https://media\.ccc\.de/v/{_ID}{_REST}",
        "https://media.ccc.de/v/{id}/oembed",
    ),
    (
        "PeerTube",
        rf"https://(?P<host>digitalcourage\.video|framatube\.org)/(?:w|videos/watch)/{_ID}{_REST}",
        "https://{host}/videos/embed/{id}?p2p=0",
    ),
]
# Wagtail's admin draws widgets with scripts in its pages, so it cannot be as strict. What counts
# here: nothing from other hosts, nothing to other hosts, no frame around it elsewhere.
ADMIN_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self'; "
    "frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
# Wagtail shows previews in a frame of its own admin, which is what security.W019 asks a reason for.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# A form that was open for too long costs nobody what was typed.
CSRF_FAILURE_VIEW = "nexsm.base.views.errors.csrf_failure"
