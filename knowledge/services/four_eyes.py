"""Nobody decides alone about what is her own, whichever page of the admin she does it on.

The queue of what members send and reports about content follow the same rule. Superusers may: in a
team of one somebody must. Then it stands in the history.
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from knowledge.models import CuratedItem
from knowledge.queries.membership import is_own

OWN_DECISION = "knowledge.own_decision"
SOMEBODY_ELSE = _("This is your own entry. Somebody else must decide about it.")


def may_decide_own(by: AbstractBaseUser) -> bool:
    """Whether somebody may decide about what is her own: superusers."""
    return bool(getattr(by, "is_superuser", False))


def may_decide(by: AbstractBaseUser, *versions: CuratedItem) -> bool:
    """Whether somebody may publish an item, given as it is stored and as it would be published."""
    return may_decide_own(by) or not any(is_own(by, version) for version in versions)


def note_decision(item: CuratedItem, *, by: AbstractBaseUser) -> None:
    """Write into the history that somebody has decided about her own entry, if it is one."""
    if is_own(by, item):
        log(instance=item, action=OWN_DECISION, user=by)
