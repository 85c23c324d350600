"""Choices that code branches on. Everything editors may extend is a vocabulary row instead."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Visibility(models.TextChoices):
    """Who may read a published item."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("only people who are signed in")


class EasyLanguage(models.TextChoices):
    """Kinds of simplified language."""

    PLAIN = "plain", _("Plain language (Einfache Sprache)")
    EASY = "easy", _("Easy-to-read language (Leichte Sprache)")


class Level(models.TextChoices):
    """Reading level: the Common European Framework (CEFR) and below it."""

    ALPHA = "alpha", _("Learning to read and write")
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"


class OrganisationKind(models.TextChoices):
    """What kind of group it is. The values are those of the CSV contract."""

    ORGANISATION = "organisation", _("Organisation")
    ONLINE_COMMUNITY = "online-community", _("Online community")


class Verification(models.TextChoices):
    """How far somebody has checked that a profile is real."""

    SHADOW = "shadow", _("Entered by the editors")
    UNVERIFIED = "unverified", _("Not verified")
    VERIFIED = "verified", _("Verified")


class MembershipRole(models.TextChoices):
    """What somebody may do for an organisation."""

    OWNER = "owner", _("Responsible person")
    EDITOR = "editor", pgettext_lazy("membership", "Editor")  # elsewhere: who edits a book
    MEMBER = "member", _("Member")


class Trust(models.TextChoices):
    """Whether what an organisation sends is published at once."""

    NEW = "new", _("New: what it sends is reviewed first")
    TRUSTED = "trusted", _("Trusted: what it sends is published at once")
    BLOCKED = "blocked", _("Blocked: it cannot send anything")


class SubmissionState(models.TextChoices):
    """Where a version that somebody sent stands."""

    WAITING = "waiting", _("Is being reviewed")
    CHANGES = "changes", _("Changes requested")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Not published")
    WITHDRAWN = "withdrawn", _("Taken back")


class SubmissionStep(models.TextChoices):
    """Steps in the history of a submission that leave its state as it is."""

    APPEAL = "appeal", _("Objection")
    APPEAL_GRANTED = "granted", _("Objection granted")
    APPEAL_REFUSED = "stays", _("Decision stays")


class RequestState(models.TextChoices):
    """Where a request to join, a claim or an appeal stands."""

    OPEN = "open", _("Waits for a decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Taken back")


class ClaimEvidence(models.TextChoices):
    """What the confirmed address of a person says about the website of an organisation."""

    SAME = "same", _("The address has the domain of the website.")
    RELATED = "related", _("The domains belong together: one stands below the other.")
    OTHER = "other", _("The address has another domain than the website.")
    LOOKALIKE = "lookalike", _("The domains look alike, but they are not the same. Be careful.")
    FREE_MAIL = "free", _("Everybody can have an address of this provider.")
    NO_SITE = "no-site", _("The profile has no website of its own to compare with.")


class LocationPrecision(models.TextChoices):
    """How much of an address is shown. Exposed communities must be able to hide theirs."""

    ADDRESS = "address", _("full address")
    PLACE = "place", _("postal code and place")
    DISTRICT = "district", _("only the district")
    REGION = "region", _("only the region")


class ContributorRole(models.TextChoices):
    """What a person or organisation did for a resource."""

    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Translator")


class ContributorKind(models.TextChoices):
    """Whether a literal name is a person's or an organisation's."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class ChangeSignificance(models.TextChoices):
    """How much a change of the source matters to its translations."""

    TYPO = "typo", _("Typing error")
    MEDIUM = "medium", _("Change of content")
    MAJOR = "major", _("Important change: translations mislead until updated")


class SocialPlatform(models.TextChoices):
    """Channels an organisation may have."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    TELEGRAM = "telegram", "Telegram"
    WHATSAPP = "whatsapp", "WhatsApp"
    MASTODON = "mastodon", "Mastodon"
    LINKEDIN = "linkedin", "LinkedIn"
    X = "x", "X"
    PODCAST = "podcast", "Podcast"
    OTHER = "other", _("Other")


class DraftStep(models.TextChoices):
    """The pages on which a member describes a resource. The values stand in addresses."""

    SOURCE = "datei", _("File or link")
    CONTENT = "inhalt", _("What it is")
    MAKERS = "urheber", _("Who made it")
    TOPICS = "themen", _("What it is about")


class ImportKind(models.TextChoices):
    """What a file that is imported holds."""

    RESOURCE = "resource", _("Resources")
    ORGANISATION = "organisation", _("Organisations")


class ImportState(models.TextChoices):
    """The way of an imported file."""

    UPLOADED = "uploaded", _("uploaded")
    CHECKING = "checking", _("is being checked")
    CHECKED = "checked", _("checked, waits for your decision")
    RUNNING = "running", _("is being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("failed, nothing was imported")
