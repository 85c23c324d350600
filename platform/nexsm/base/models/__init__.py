"""Models of the floor: pages of the site, media, legal details."""

from .legal import LegalDetails
from .mail import MailRefusal, MailState, OutgoingMail
from .media import Document, Image, Rendition
from .pages import ContentPage, HomePage
from .throttle import ThrottleCount
from .tombstones import PageTombstone
from .upload_accounts import UploadAccount

__all__ = [
    "ContentPage",
    "Document",
    "HomePage",
    "Image",
    "LegalDetails",
    "MailRefusal",
    "MailState",
    "OutgoingMail",
    "PageTombstone",
    "Rendition",
    "ThrottleCount",
    "UploadAccount",
]
