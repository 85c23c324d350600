"""Asking those who answer for entries whether they are still right, and taking the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override
from wagtail.log_actions import log

from knowledge.models import CuratedItem, Organisation, Resource
from knowledge.models.freshness import Answer, Freshness, FreshnessDigest, FreshnessQuestion
from knowledge.queries.caretakers import caretakers_of, with_confirmed_address
from knowledge.queries.freshness import ASKED_BEFORE_MARK, REMINDER, due_for, people_to_ask
from knowledge.signals import freshness_changed
from nexsm.accounts.models import User
from nexsm.base import mail
from nexsm.base.mail import wishes

MAIL_KIND = "freshness"
# The link works until well after the reminder.
LINK_SECONDS = 60 * 24 * 3600
# More than this nobody looks at in one go. Whoever has more gets the next ones a week later.
MOST_IN_A_MAIL = 50
PAUSE_AFTER_A_FULL_MAIL = timedelta(days=7)
_SALT = "knowledge.freshness"
# Wagtail's signal does not say why something is published.
_is_unread: ContextVar[bool] = ContextVar("is_unread", default=False)


class UnknownDigestError(Exception):
    """The link is not one of ours, too old, or the account has changed since."""


def ask_everybody(now: datetime | None = None) -> int:
    """Queue one mail for everybody who should look at something; how many mails."""
    moment = now or timezone.now()
    people = with_confirmed_address(people_to_ask())
    return sum(ask(user=user, now=moment) for user in people.iterator(chunk_size=500))


@transaction.atomic
def ask(*, user: User, now: datetime) -> bool:
    """Queue one mail about what is due for this person. False when there is nothing, or not yet.

    An item with two owners is asked about in both mails and counts once. Whoever refuses these mails
    is not asked: what nobody asked her about must not get the mark of what she left unanswered.
    """
    if wishes.has_refused(kind=MAIL_KIND, to=user.email, user=user):
        return False
    if _has_just_been_asked(user, now):
        return False
    due = due_for(user, now)[:MOST_IN_A_MAIL]
    if not due:
        return False
    digest = FreshnessDigest.objects.create(user=user, sent_at=now)
    for item in due:
        question = FreshnessQuestion(digest=digest, freshness=_asked_about(item, now))
        question.save(force_insert=True)
    language = user.language or settings.LANGUAGE_CODE
    return mail.queue(
        to=user.email,
        template="freshness",
        context={"user": user, "items": due, "link": link_of(digest, language)},
        language=language,
        key=f"freshness:{digest.pk}",
        kind=MAIL_KIND,
        user=user,
    )


def _has_just_been_asked(user: User, now: datetime) -> bool:
    digests = FreshnessDigest.objects.filter(user=user).annotate(size=Count("questions"))
    full = Q(sent_at__gt=now - PAUSE_AFTER_A_FULL_MAIL, size__gte=MOST_IN_A_MAIL)
    return digests.filter(Q(sent_at=now) | full).exists()


def _asked_about(item: CuratedItem, now: datetime) -> Freshness:
    kind = ContentType.objects.get_for_model(type(item))
    row, _created = Freshness.objects.select_for_update().get_or_create(
        content_type=kind, object_id=item.pk
    )
    if row.asked_at is None or now > row.asked_at:
        row.asked_at = now
        row.asked_times += 1
        row.save(update_fields=["asked_at", "asked_times"])
    return row


def link_of(digest: FreshnessDigest, language: str) -> str:
    """The address of the page with the questions. It works for this person and this mail."""
    token = signing.dumps([digest.pk, _stamp(digest.user)], salt=_SALT, compress=True)
    with override(language):
        return f"{settings.BASE_URL}{reverse('knowledge:freshness', args=[token])}"


def open_digest(token: str) -> FreshnessDigest:
    """The digest of a link. Raises UnknownDigestError, also after a new password or address."""
    try:
        pk, stamp = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise UnknownDigestError from error
    digest = FreshnessDigest.objects.select_related("user").filter(pk=pk).first()
    if digest is None or not digest.user.is_active:
        raise UnknownDigestError
    if not constant_time_compare(stamp, _stamp(digest.user)):
        raise UnknownDigestError
    return digest


def _stamp(user: Any) -> str:
    return salted_hmac(_SALT, f"{user.pk}:{user.password}:{user.email}").hexdigest()[:20]


@transaction.atomic
def answer(*, question: FreshnessQuestion, what: Answer) -> bool:
    """Take an answer of the person whom the mail went to.

    False, and nothing happens, if she does not look after the item any more, or it is gone.
    """
    user, item = question.digest.user, question.freshness.item
    if item is None or not caretakers_of(item).filter(pk=user.pk).exists():
        return False
    if what == Answer.CURRENT:
        confirm(item=item, by=user)
    else:
        declare_outdated(item=item, by=user)
    question.answer, question.answered_at = what, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    return True


@transaction.atomic
def confirm(*, item: CuratedItem, by: AbstractBaseUser) -> None:
    """Note that an item is still right, from today on."""
    _set(item, confirmed_at=timezone.now(), **_CLEAN)
    log(instance=item, action="knowledge.confirm", user=by)


@transaction.atomic
def declare_outdated(*, item: CuratedItem, by: AbstractBaseUser) -> None:
    """Note that an item is not right any more. Its page says so until somebody edits or confirms it."""
    # It is an answer, too: the next question comes after another period.
    _set(item, outdated_at=timezone.now(), asked_times=0, unconfirmed_at=None)
    log(instance=item, action="knowledge.outdated", user=by)


_CLEAN: dict[str, Any] = {"asked_times": 0, "unconfirmed_at": None, "outdated_at": None}


def _set(item: CuratedItem, **values: Any) -> None:
    kind = ContentType.objects.get_for_model(type(item))
    Freshness.objects.update_or_create(content_type=kind, object_id=item.pk, defaults=values)
    # The search ranks what carries a mark lower.
    freshness_changed.send(sender=type(item), pks=[item.pk])


@transaction.atomic
def mark_unanswered(now: datetime | None = None) -> int:
    """Mark what nobody has answered for, twice; how many items."""
    moment = now or timezone.now()
    rows = Freshness.objects.filter(
        asked_times__gte=ASKED_BEFORE_MARK,
        asked_at__lte=moment - REMINDER,
        unconfirmed_at__isnull=True,
    )
    # One statement: whoever confirms an entry between a list and its marks would be overruled.
    number = rows.update(unconfirmed_at=moment)
    for model in (Resource, Organisation):
        kind = ContentType.objects.get_for_model(model)
        marked = Freshness.objects.filter(content_type=kind, unconfirmed_at=moment)
        if pks := list(marked.order_by("object_id").values_list("object_id", flat=True)):
            freshness_changed.send(sender=model, pks=pks)
    return number


def on_published(sender: type[CuratedItem], instance: CuratedItem, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of Wagtail's `published`: whoever edits an item has looked at it.

    Not who changes one fact of many items at once (`without_reading`).
    """
    if not _is_unread.get():
        start_anew(type(instance), [instance.pk])


@contextmanager
def without_reading() -> Iterator[None]:
    """While this is open, what is published was not read: its questions and marks stay."""
    token = _is_unread.set(True)
    try:
        yield
    finally:
        _is_unread.reset(token)


def on_items_changed(sender: type[CuratedItem], pks: Iterable[int], **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of `items_changed`: an import has brought these items up to date."""
    start_anew(sender, pks)


def start_anew(model: type[CuratedItem], pks: Iterable[int]) -> None:
    """Forget questions and marks of these items: they were edited."""
    kind = ContentType.objects.get_for_model(model)
    rows = Freshness.objects.filter(content_type=kind, object_id__in=list(pks))
    rows.filter(
        Q(asked_times__gt=0) | Q(unconfirmed_at__isnull=False) | Q(outdated_at__isnull=False)
    ).update(**_CLEAN)


def on_deleted(sender: type[CuratedItem], instance: CuratedItem, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of `pre_delete`: nobody is asked about what is gone."""
    kind = ContentType.objects.get_for_model(type(instance))
    Freshness.objects.filter(content_type=kind, object_id=instance.pk).delete()
