"""Which platform the address of a channel belongs to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from knowledge.enums import SocialPlatform

_HOSTS = {
    "facebook.com": SocialPlatform.FACEBOOK,
    "fb.com": SocialPlatform.FACEBOOK,
    "fb.me": SocialPlatform.FACEBOOK,
    "instagram.com": SocialPlatform.INSTAGRAM,
    "tiktok.com": SocialPlatform.TIKTOK,
    "youtube.com": SocialPlatform.YOUTUBE,
    "youtu.be": SocialPlatform.YOUTUBE,
    "t.me": SocialPlatform.TELEGRAM,
    "telegram.me": SocialPlatform.TELEGRAM,
    "wa.me": SocialPlatform.WHATSAPP,
    "whatsapp.com": SocialPlatform.WHATSAPP,
    "linkedin.com": SocialPlatform.LINKEDIN,
    "twitter.com": SocialPlatform.X,
    "x.com": SocialPlatform.X,
}


def platform_of(url: str) -> str:
    """The platform an address belongs to, else "other"."""
    host = (urlsplit(url).hostname or "").lower()
    for known, platform in _HOSTS.items():
        if host == known or host.endswith(f".{known}"):
            return str(platform.value)
    if host.startswith(("mastodon.", "social.")) or re.match(r"/@[^/]+/?$", urlsplit(url).path):
        return str(SocialPlatform.MASTODON.value)
    return str(SocialPlatform.OTHER.value)
