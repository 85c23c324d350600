"""Editors take something offline, and whoever answers for it is told why and what she can do.

A decision about a report writes a mail of its own (`report_decisions`), with the objection that belongs to
it, and therefore takes things offline by `publication.withdraw` alone.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from knowledge.models import CuratedItem, Organisation
from knowledge.queries.caretakers import caretakers_of
from knowledge.queries.submissions import submissions_of
from knowledge.services import publication
from knowledge.services.locking import held
from knowledge.services.mail_floods import queue_unless_flooded
from nexsm.accounts.models import User

_ONE, _MORE = "taken_offline", "taken_offline_more"
# No kind anybody can refuse: a decision has to be told with its reasons (DSA Art. 17).
_KIND = "decision"


@transaction.atomic
def take_offline(*, item: CuratedItem, reason: str, by: User) -> None:
    """Take an item offline and write to the people who answer for it, but not to whoever does it.

    What is offline already stays so, with the new reason, and nobody is told a second time.
    """
    was_online = held(item).live
    publication.withdraw(item=item, reason=reason, by=by)
    if was_online:
        _tell(item, by)


def _tell(item: CuratedItem, by: User) -> None:
    """One mail each; after many within an hour a last one that names the lists of all kinds (`mail_floods`)."""
    context = {
        "item": item,
        "is_organisation": isinstance(item, Organisation),
        "thread": submissions_of(item).first(),
    }
    # The row of the item is held, so no other withdrawal of it has the same moment.
    key = f"{item.public_id}:{timezone.now():%Y%m%d%H%M%S%f}"
    for person in caretakers_of(item).exclude(pk=by.pk):
        queue_unless_flooded(
            person, template=_ONE, key=key, context=context, kind=_KIND, more=_MORE
        )
