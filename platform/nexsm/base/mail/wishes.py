"""Which kinds of mail somebody does not want, and the signed address that says so without a login."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db.models import Q

from nexsm.base.models import MailRefusal

_SALT = "nexsm.mail.unsubscribe"


class BadTokenError(ValueError):
    """The address was changed or is not from here."""


@dataclass(frozen=True)
class Recipient:
    """A person with an account, or an address. ``address`` is that of the person, if there is one."""

    kind: str
    address: str
    user_id: int | None = None


def token(*, kind: str, to: str, user: Any = None) -> str:
    """What stands in the link of a mail. It never runs out: mails are kept for years."""
    who = {"u": user.pk} if user is not None else {"a": to.lower()}
    return signing.dumps({"k": kind, **who}, salt=_SALT, compress=True)


def read(text: str) -> Recipient:
    """Whom the token means. Raises BadTokenError, also when the account is gone."""
    try:
        data = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise BadTokenError from error
    if "u" not in data:
        return Recipient(data["k"], data["a"])
    user = get_user_model().objects.filter(pk=data["u"]).first()
    if user is None:
        raise BadTokenError
    return Recipient(data["k"], user.email, user.pk)


def has_refused(*, kind: str, to: str, user: Any = None) -> bool:
    """Whether no mail of this kind may go there. An address that refused counts for accounts, too."""
    refusals = Q(user__isnull=True, address=to.lower())
    if user is not None:
        refusals |= Q(user=user)
    return MailRefusal.objects.filter(refusals, kind=kind).exists()


def refuse(recipient: Recipient) -> None:
    """No mails of this kind from now on. Saying it twice changes nothing."""
    if recipient.user_id is not None:
        MailRefusal.objects.get_or_create(user_id=recipient.user_id, kind=recipient.kind)
    else:
        MailRefusal.objects.get_or_create(user=None, address=recipient.address, kind=recipient.kind)


def refused_kinds(user: Any) -> set[str]:
    """Names of the kinds this person does not want."""
    refusals = MailRefusal.objects.filter(_of(user))
    return set(refusals.values_list("kind", flat=True))


def set_wanted(*, user: Any, offered: Iterable[str], wanted: Iterable[str]) -> None:
    """Keep the person's choice among the kinds she was shown. Others stay as they were."""
    wanted = set(wanted)
    refused = [kind for kind in offered if kind not in wanted]
    MailRefusal.objects.filter(_of(user), kind__in=wanted.intersection(offered)).delete()
    for kind in refused:
        MailRefusal.objects.get_or_create(user=user, kind=kind)


def _of(user: Any) -> Q:
    return Q(user=user) | Q(user__isnull=True, address=user.email.lower())
