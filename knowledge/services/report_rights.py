"""Who may decide about a report, and about an objection to a decision, among those with the right to."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.permission_policies import ModelPermissionPolicy

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
    """Whoever may decide about the report, but did not make the decision that holds now (Art. 20).

    If nobody else may, she may after all, because somebody must.
    """
    is_partial = has_decided(by, appeal.report) and not _is_only_judge(by.pk, appeal.report)
    return not is_partial and may_decide_report(by, appeal.report)


def has_decided(by: AbstractBaseUser, report: ContentReport) -> bool:
    """Whether somebody made the decision about a report that holds now."""
    holds = report.standing()
    return holds is not None and holds.decided_by_id == by.pk


def is_left_to_decider(report: ContentReport) -> bool:
    """Whether nobody but who made the decision that holds now may decide: so she decides once more."""
    holds = report.standing()
    return (
        holds is not None
        and holds.decided_by_id is not None
        and _is_only_judge(holds.decided_by_id, report)
    )


def _is_only_judge(pk: int, report: ContentReport) -> bool:
    """Whether nobody else may decide about a report: colleagues who look after its item do not count."""
    entitled = ModelPermissionPolicy(ContentReport).users_with_permission("change")
    others = entitled.filter(is_active=True).exclude(pk=pk)
    return not any(may_decide_report(other, report) for other in others)
