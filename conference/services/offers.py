"""Documentation that people of a session offer: sent, looked at by editors, told what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from conference.enums import OfferState
from conference.models import DocumentationOffer, SessionDocumentation, SessionPage
from conference.queries.own_sessions import own_sessions
from conference.services.documentation import add_documentation
from knowledge.queries.submissions import reviewers
from knowledge.services.announcements import REVIEW, SUBMISSION
from knowledge.services.four_eyes import may_decide_own
from nexsm.accounts.models import User
from nexsm.base import mail, throttle
from nexsm.base.media.checks import CheckedFile
from nexsm.base.media.holds import is_needed
from nexsm.base.models import Document
from nexsm.base.page_locking import held

PER_PERSON = 30
# Mails of a day to one editor; the list shows the rest.
PER_EDITOR = 10
# How long a file is kept whose form was never sent.
KEPT = timedelta(days=7)


class OfferError(Exception):
    """It cannot be done now. The text says why, in plain words."""


@transaction.atomic
def keep_file(*, session: SessionPage, by: User, file: CheckedFile) -> DocumentationOffer:
    """Keep the file of a form that comes back with errors; it takes the place of one kept before.

    Raises PermissionDenied for who is not of the session, ValidationError when there is no space.
    """
    begun = _begun(session, by)
    former, begun.document = begun.document, _stored(file, by)
    begun.save(update_fields=["document"])
    if former is not None:
        former.delete()
    return begun


@transaction.atomic
def forget_file(*, session: SessionPage, by: User) -> None:
    """Delete the file that was kept. Raises PermissionDenied for who is not of the session."""
    _begun(session, by).delete()


@transaction.atomic
def offer_documentation(
    *, session: SessionPage, by: User, values: Mapping[str, Any], file: CheckedFile | None = None
) -> DocumentationOffer:
    """Send an item for the documentation of a session; editors are told. The page stays as it is.

    ``values`` are fields of the offer. Without a ``file`` the one that was kept counts. Raises
    PermissionDenied for who is not of the session, OfferError after too many in a day,
    ValidationError for an item with nothing in it or when there is no space for the file.
    """
    offer = _begun(session, by)
    if not throttle.allow("documentation", str(by.pk), limit=PER_PERSON, seconds=throttle.DAY):
        raise OfferError(_("That is a lot for one day. Please go on tomorrow."))
    if file is not None:
        if offer.document is not None:
            offer.document.delete()
        offer.document = _stored(file, by)
    for name, value in values.items():
        setattr(offer, name, value)
    offer.state, offer.created_at = OfferState.WAITING, timezone.now()
    row = offer.as_row()
    row.clean_fields(exclude=["session"])
    row.clean()
    offer.save()
    log(instance=session, action="conference.offer", user=by, data={"title": str(offer)})
    _tell_editors(offer)
    return offer


@transaction.atomic
def accept(*, offer: DocumentationOffer, by: User) -> bool:
    """Add it to the session's page and tell who offered it. Returns whether it is online.

    It is published at once unless the page has other changes that wait: then it waits with them.
    Raises PermissionDenied for who may not edit the page, OfferError when somebody was first, the
    offer is one's own, the page is locked, or nothing is left of it (its file was deleted).
    """
    found = _locked(offer, by)
    session = held(found.session)
    is_settled = session.live and not session.has_unpublished_changes
    try:
        add_documentation(page=session, row=found.as_row(), by=by)
    except PermissionError as error:
        raise OfferError(_("The page is locked or being reviewed. Please do it later.")) from error
    except ValidationError as error:
        text = _("It cannot be taken up as it is: %(reasons)s Say no, and ask for it again.")
        raise OfferError(text % {"reasons": " ".join(error.messages)}) from error
    is_online = is_settled and session.permissions_for_user(by).can_publish()
    if is_online:
        SessionPage.objects.get(pk=session.pk).latest_revision.publish(user=by)
    _decided(found, OfferState.ACCEPTED, by, is_online=is_online)
    return is_online


@transaction.atomic
def decline(*, offer: DocumentationOffer, by: User, reason: str) -> None:
    """Say no and why; its file is deleted. Raises as `accept` does."""
    found = _locked(offer, by)
    found.reason = reason
    document, found.document = found.document, None
    _decided(found, OfferState.DECLINED, by)
    if document is not None and not _is_used(document):
        document.delete()


def forget_begun(now: datetime | None = None) -> int:
    """Delete files whose forms nobody sent; how many."""
    before = (now or timezone.now()) - KEPT
    old = DocumentationOffer.objects.filter(state=OfferState.BEGUN, created_at__lt=before)
    rows = list(old)
    for offer in rows:
        offer.delete()
    return len(rows)


def on_deleted(instance: DocumentationOffer, **_kwargs: Any) -> None:
    """Receiver of `post_delete`: the file goes along, whoever deletes (a person, her account, the session).

    What was taken up belongs to the session's page.
    """
    document = Document.objects.filter(pk=instance.document_id).first()
    if document and instance.state != OfferState.ACCEPTED and not _is_used(document):
        document.delete()


def _begun(session: SessionPage, by: User) -> DocumentationOffer:
    """The offer somebody is writing, held until the transaction ends."""
    if not own_sessions(by).filter(pk=session.pk).exists():
        raise PermissionDenied
    DocumentationOffer.objects.get_or_create(session=session, user=by, state=OfferState.BEGUN)
    rows = DocumentationOffer.objects.select_for_update(of=("self",)).select_related("document")
    return rows.get(session=session, user=by, state=OfferState.BEGUN)


def _stored(file: CheckedFile, by: User) -> Document:
    title = PurePosixPath(file.shown_name).stem[:255]
    return Document.objects.create(title=title, file=file, uploaded_by_user=by)


def _is_used(document: Document) -> bool:
    """Whether an item of documentation shows it, or anything else an editor has put it into.

    Also a version that is not online: without its file nobody could read it any more.
    """
    if SessionDocumentation.objects.filter(document=document).exists() or is_needed(document):
        return True
    offers = ContentType.objects.get_for_model(DocumentationOffer)
    return bool(ReferenceIndex.get_references_to(document).exclude(content_type=offers).exists())


def _locked(offer: DocumentationOffer, by: User) -> DocumentationOffer:
    rows = DocumentationOffer.objects.select_for_update(of=("self",))
    found = rows.select_related("session", "document").get(pk=offer.pk)
    if not found.session.permissions_for_user(by).can_edit():
        raise PermissionDenied
    if found.user_id == by.pk and not may_decide_own(by):
        raise OfferError(_("This is your own entry. Somebody else must decide about it."))
    if found.state != OfferState.WAITING:
        raise OfferError(_("Somebody else has decided this meanwhile."))
    return found


def _decided(
    offer: DocumentationOffer, state: OfferState, by: User, *, is_online: bool = False
) -> None:
    offer.state, offer.decided_at, offer.decided_by = state, timezone.now(), by
    offer.save()
    data = {"state": str(state), "title": str(offer)}
    log(instance=offer.session, action="conference.offer.decide", user=by, data=data)
    with override(offer.user.language):
        link = mail.absolute_url(reverse("conference:own_sessions"))
    mail.queue(
        to=offer.user.email,
        template="documentation_decided",
        context={"offer": offer, "link": link, "is_online": is_online},
        language=offer.user.language,
        key=f"documentation_decided:{offer.pk}",
        kind=SUBMISSION,
        user=offer.user,
    )


def _tell_editors(offer: DocumentationOffer) -> None:
    for person in reviewers():
        if person.pk == offer.user_id or not throttle.allow(
            "documentation-mail", str(person.pk), limit=PER_EDITOR, seconds=throttle.DAY
        ):
            continue
        mail.queue(
            to=person.email,
            template="documentation_offered",
            context={"offer": offer, "link": mail.absolute_url(reverse("nexsm_documentation"))},
            language=person.language,
            key=f"documentation_offered:{offer.pk}:{person.pk}",
            kind=REVIEW,
            user=person,
        )
