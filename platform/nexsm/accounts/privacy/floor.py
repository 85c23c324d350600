"""What the floor holds of people: accounts, pages and files, Wagtail and django-allauth."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nexsm.accounts.privacy.administrators import last_administrator_objections
from nexsm.accounts.privacy.registry import AtErasure, register, register_objection

_PAGES = _("Pages you have made")
_FILES = _("Images and documents you have uploaded")
_TRANSLATIONS = _("Translations you have written")
_HISTORY = _("What you have changed when (history)")
_REVIEWS = _("Reviews you have asked for or decided")
_COMMENTS = _("Comments to other editors")
_SETTINGS = _("Your settings and what you follow")
_MARKS = _("Marks that you were working on something")
_SIGN_IN = _("Addresses, second factors and sign-ins")
# A row about a page or an item: what the person sees of it in the export.
_PAGE = ("title", "slug", "first_published_at", "last_published_at")
_FILE = ("title", "created_at", "file")
_LOG = ("timestamp", "action", "label", "data")


# Nobody could take off the lock of somebody who is gone.
UNLOCKED = {"locked": False, "locked_at": None}


def register_all() -> None:
    """Register what no room above the floor owns."""
    _register_accounts()
    _register_pages()
    _register_history()
    _register_editing()
    register_objection(last_administrator_objections)


def _register_accounts() -> None:
    delete = AtErasure.DELETE
    register("account.EmailAddress", "user", delete, _SIGN_IN)
    register("mfa.Authenticator", "user", delete, _SIGN_IN, secret=["data"])
    register("usersessions.UserSession", "user", delete, _SIGN_IN, secret=["session_key"])
    register("wagtailcore.APIToken", "user", delete, _SIGN_IN, secret=["key_hash", "prefix"])
    register("accounts.User_groups", "user", delete, _("Your rights"))
    register("accounts.User_user_permissions", "user", delete, _("Your rights"))
    mails = _("E-mails this site has sent you")
    register("base.UploadAccount", "user", delete, _FILES)
    # Their texts hold links and codes that open an account or an organisation.
    register("base.OutgoingMail", "user", delete, mails, secret=["text"])
    register("base.OutgoingMail", "to", delete, mails, secret=["text"])
    register("base.OutgoingMail", "reply_to", AtErasure.UNLINK, mails, fields=["created_at"])
    for field in ("user", "address"):
        register("base.MailRefusal", field, delete, _("E-mails you do not want"))
    register("wagtailusers.UserProfile", "user", delete, _SETTINGS)


def _register_pages() -> None:
    unlink = AtErasure.UNLINK
    register("wagtailcore.Page", "owner", unlink, _PAGES, fields=_PAGE)
    register("wagtailcore.Page", "locked_by", unlink, "", fields=["title"], also=UNLOCKED)
    for model in ("base.Image", "base.Document", "wagtailimages.Image", "wagtaildocs.Document"):
        register(model, "uploaded_by_user", unlink, _FILES, fields=_FILE)
    for field in ("email", "privacy_contact_email", "accessibility_contact_email"):
        register(
            "base.LegalDetails",
            field,
            AtErasure.KEEP,
            _("Legal pages that name your address"),
            reason=_("The law asks for a contact. Those who run the site can change it."),
            fields=[field],
        )
    for model in ("wagtail_localize.StringTranslation", "wagtail_localize.SegmentOverride"):
        register(model, "last_translated_by", unlink, _TRANSLATIONS)


def _register_history() -> None:
    former = AtErasure.FORMER
    register(
        "wagtailcore.Revision",
        "user",
        former,
        _HISTORY,
        fields=["created_at", "object_str", "object_id"],
    )
    # An empty column would say that a program did it.
    register("wagtailcore.PageLogEntry", "user", former, _HISTORY, fields=_LOG)
    register("wagtailcore.ModelLogEntry", "user", former, _HISTORY, fields=_LOG)
    # Not to "former member": Wagtail writes mails to these.
    register("wagtailcore.WorkflowState", "requested_by", AtErasure.UNLINK, _REVIEWS)
    register("wagtailcore.TaskState", "finished_by", AtErasure.UNLINK, _REVIEWS)


def _register_editing() -> None:
    delete = AtErasure.DELETE
    register("wagtailcore.Comment", "user", AtErasure.FORMER, _COMMENTS)
    register("wagtailcore.CommentReply", "user", AtErasure.FORMER, _COMMENTS)
    register("wagtailcore.Comment", "resolved_by", AtErasure.UNLINK, _COMMENTS)
    register("wagtailcore.PageSubscription", "user", delete, _SETTINGS)
    register("wagtailcore.UploadedFile", "uploaded_by_user", delete, _MARKS)
    register("wagtailadmin.EditingSession", "user", delete, _MARKS)
    register("wagtailadmin.FormState", "user", delete, _MARKS)
