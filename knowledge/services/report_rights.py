"""Who may decide about a report, and about an objection to a decision, among those with the right to."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from knowledge.models import CuratedItem
from knowledge.models.reports import ContentReport, ReportAppeal
from knowledge.queries.membership import is_own
from knowledge.services.four_eyes import may_decide_own
from nexsm.base import items


def is_about_own(report: ContentReport, by: AbstractBaseUser) -> bool:
    """Whether somebody looks after what was reported herself."""
    kind = items.kind_named(report.kind)
    item = kind.get(report.key) if kind else None
    if kind is None or item is None:
        return False
    if isinstance(item, CuratedItem):
        return is_own(by, item)
    return any(author.pk == by.pk for author in kind.authors_of(item))


def may_decide_report(by: AbstractBaseUser, report: ContentReport) -> bool:
    """Nobody judges a report about what she looks after herself, but superusers (`four_eyes`)."""
    return may_decide_own(by) or not is_about_own(report, by)


def may_decide_objection(by: AbstractBaseUser, appeal: ReportAppeal) -> bool:
    """Whoever may decide about the report, but did not make the decision that holds now."""
    return appeal.may_decide(by) and may_decide_report(by, appeal.report)
