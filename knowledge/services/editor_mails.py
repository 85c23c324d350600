"""Mails to editors about single matters that wait in the admin: reports, objections, claims, appeals.

Exactly those are told who may decide about the matter, each once, and none about what she did herself. What
visitors wrote, and who they are, stays in the admin: a mail says what it is about, and leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.queries.submissions import reviewers
from knowledge.services.announcements import REVIEW
from knowledge.services.mail_floods import queue_unless_flooded
from nexsm.accounts.models import User
from nexsm.base import mail
from nexsm.base.mail import wishes


@dataclass(frozen=True)
class Sort:
    """One sort of matter. ``template`` names its mail, ``page`` and ``list_page`` its places in the admin."""

    template: str
    label: Promise
    page: str
    list_page: str


REPORT = Sort("report_waiting", _("Reports about content"), "nexsm_report", "nexsm_reports")
REPORT_OBJECTION = Sort(
    "report_objection", _("Objections to decisions about reports"), "nexsm_report", "nexsm_reports"
)
CLAIM = Sort("claim_waiting", _("Claims"), "nexsm_claim", "nexsm_people")
CLAIM_UNDECIDED = Sort("claim_undecided", _("Claims"), "nexsm_claim", "nexsm_people")
BLOCK_APPEAL = Sort(
    "organisation_appeal", _("Appeals against blocks"), "nexsm_block_appeal", "nexsm_people"
)
_MORE = "editors_more_waiting"


def editors_who(
    model: type[Model], may_decide: Callable[[User], bool], *, but: User | None = None
) -> list[User]:
    """Who is told: the reviewers who may decide and want such mails; without any, all others who may.

    They need the right to change ``model``, and ``may_decide`` says whether they have no stake in the
    matter. ``but``: whoever did it.
    """
    entitled = ModelPermissionPolicy(model).users_with_permission("change").filter(is_active=True)
    if but is not None:
        entitled = entitled.exclude(pk=but.pk)
    neutral = [user for user in entitled.order_by("pk") if may_decide(user)]
    usual = set(reviewers())
    return [user for user in neutral if user in usual and _wants_mails(user)] or neutral


def _wants_mails(user: User) -> bool:
    return not wishes.has_refused(kind=REVIEW, to=user.email, user=user)


def tell_editors(
    people: Iterable[User], sort: Sort, matter: Model, *, opens: Model | None = None, **context: Any
) -> None:
    """Queue one mail about a matter for each person; ``opens`` is what its page in the admin shows.

    After many of a sort within an hour, one says that there are more (`mail_floods`).
    """
    shown = opens or matter
    context |= {
        "sort": sort.label,
        "url": mail.absolute_url(reverse(sort.page, args=[shown.pk])),
        "list_url": mail.absolute_url(reverse(sort.list_page)),
    }
    for person in people:
        queue_unless_flooded(
            person,
            template=sort.template,
            key=str(matter.pk),
            context=context,
            kind=REVIEW,
            more=_MORE,
            more_key=f"{sort.template}_more",
        )
