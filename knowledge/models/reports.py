"""Reports about content: what somebody thinks should not be here, and what became of it.

The Digital Services Act asks for it: a way to report (Art. 16), reasons for whoever is restricted
(Art. 17), a complaint that somebody else decides (Art. 20).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .decided import AboutItem, Received

# Without letters and digits that are taken for one another on the telephone.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_ticket() -> str:
    """A number to name in a letter or a call; it opens nothing."""
    return "M-" + "".join(secrets.choice(_SIGNS) for _ in range(8))


class ReportReason(models.TextChoices):
    """What is wrong with the content, in words of people who report."""

    HATE = "hate", _("Hate, racism or threats")
    PRIVACY = "privacy", _("Personal data or a photo without consent")
    DANGER = "danger", _("It puts people at risk")
    COPYRIGHT = "copyright", _("It belongs to somebody else (copyright)")
    ILLEGAL = "illegal", _("It breaks another law")
    FALSE = "false", _("False or misleading")
    SPAM = "spam", _("Advertising or spam")
    OTHER = "other", _("Something else")


class ReportDecision(models.TextChoices):
    """What the editors do."""

    KEEP = "keep", _("leave it online")
    HIDE = "hide", _("take it offline for now")
    PART = "part", _("remove a part")
    REMOVE = "remove", _("take it offline for good")


OFFLINE = (ReportDecision.HIDE, ReportDecision.REMOVE)


@dataclass(frozen=True)
class StandingDecision:
    """The decision about a report that holds now, with its reasons, and who made it when."""

    decision: ReportDecision
    explanation: str
    decided_at: datetime
    decided_by_id: int | None


class ContentReport(AboutItem):
    """One report."""

    ticket = models.CharField(_("number"), max_length=12, unique=True, default=new_ticket)
    path = models.CharField(_("address"), max_length=500)
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason.choices)
    text = models.TextField(_("what is wrong"), max_length=4000)
    email = models.EmailField(_("e-mail of the person who reports"), blank=True)
    decision = models.CharField(
        _("decision"), max_length=8, choices=ReportDecision.choices, blank=True
    )
    explanation = models.TextField(_("reasons for the decision"), max_length=4000, blank=True)
    forgotten_at = models.DateTimeField(_("personal data deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("report about content")
        verbose_name_plural = _("reports about content")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["decision", "created_at"], name="report_waiting"),
            models.Index(fields=["kind", "key"], name="report_item"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket}: {self.title}"

    @property
    def is_decided(self) -> bool:
        """Whether somebody has decided."""
        return bool(self.decision)

    def standing(self) -> StandingDecision | None:
        """What holds now: the first decision, or what an objection has made of it. None: undecided."""
        if self.decided_at is None:
            return None
        last = self.appeals.filter(is_granted=True).order_by("-decided_at", "-pk").first()
        if last is None or last.decided_at is None:
            decision = ReportDecision(self.decision)
            return StandingDecision(decision, self.explanation, self.decided_at, self.decided_by_id)
        is_hidden = last.side == AppealSide.REPORTER
        decision = ReportDecision.HIDE if is_hidden else ReportDecision.KEEP
        return StandingDecision(decision, last.explanation, last.decided_at, last.decided_by_id)


class AppealSide(models.TextChoices):
    """Who objects to a decision."""

    REPORTER = "reporter", _("the person who reported")
    AUTHOR = "author", _("whoever answers for the content")


class ReportAppeal(Received):
    """An objection to the decision about a report: one from each side.

    Somebody else than who decided decides about it, if there is anybody else.
    """

    report = models.ForeignKey(
        ContentReport, verbose_name=_("report"), on_delete=models.CASCADE, related_name="appeals"
    )
    side = models.CharField(_("from"), max_length=10, choices=AppealSide.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("reasons"), max_length=4000)
    is_granted = models.BooleanField(_("granted"), null=True)
    explanation = models.TextField(_("reasons for the decision"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "side"], name="one_appeal_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.report.ticket}: {self.get_side_display()}"
