"""How much an organisation is trusted, and the appeal against a block."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from knowledge.admin.deciding import NO, YES, DecisionForm
from knowledge.admin.people.base import TRUST, PeopleDecisionView
from knowledge.enums import RequestState, Trust
from knowledge.models import BlockAppeal, Organisation, Standing
from knowledge.queries.membership import trust_of
from knowledge.queries.people import block_of, history_of, people_of
from knowledge.services.organisations import audit, trust

HISTORY_LENGTH = 30
_REASON_HELP = gettext_lazy("The organisation reads it. Plain sentences.")


class TrustForm(DecisionForm):
    """Another trust, and why."""

    choices = Trust.choices
    choice_label = gettext_lazy("Trust")
    reason_help = _REASON_HELP


class AppealDecisionForm(DecisionForm):
    """Whether the block ends, and why."""

    choices = (
        (YES, gettext_lazy("The appeal is right: end the block")),
        (NO, gettext_lazy("The block stays")),
    )
    reason_help = _REASON_HELP


class TrustView(PeopleDecisionView):
    """People, trust and history of one organisation."""

    permission = TRUST
    template_name = "knowledge/admin/people/trust.html"
    form_class = TrustForm
    page_title = gettext_lazy("Trust and people")

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation of the address. Raises Http404."""
        return get_object_or_404(Organisation, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Which organisation."""
        return str(self.organisation)

    def get_initial(self) -> dict[str, Any]:
        """The trust it has."""
        return {"decision": trust_of(self.organisation)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything to judge by."""
        return {
            **super().get_context_data(**kwargs),
            "organisation": self.organisation,
            "standing": Standing.objects.filter(organisation=self.organisation).first(),
            "people": people_of(self.organisation),
            "lines": audit.lines(history_of(self.organisation)[:HISTORY_LENGTH]),
            "appeals": self.organisation.block_appeals.filter(state=RequestState.OPEN),
        }

    def decide(self, decision: str, reason: str) -> str:
        """Set the trust."""
        trust.set_trust(
            organisation=self.organisation, trust=Trust(decision), reason=reason, by=self.editor
        )
        return _("The trust is changed.")

    def get_success_url(self) -> str:
        """Stay."""
        return self.request.path


class AppealView(PeopleDecisionView):
    """One appeal and the form for it."""

    permission = TRUST
    template_name = "knowledge/admin/people/appeal.html"
    form_class = AppealDecisionForm
    page_title = gettext_lazy("Appeal against a block")

    @cached_property
    def appeal(self) -> BlockAppeal:
        """The appeal of the address. Raises Http404."""
        return get_object_or_404(
            BlockAppeal.objects.select_related("organisation", "user"), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        """Which organisation."""
        return str(self.appeal.organisation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The appeal and the block it is about."""
        organisation = self.appeal.organisation
        return {
            **super().get_context_data(**kwargs),
            "appeal": self.appeal,
            "organisation": organisation,
            "blocked": block_of(organisation),
        }

    def is_open(self) -> bool:
        """Whether it waits, for somebody who neither blocked nor belongs to the organisation."""
        is_neutral = trust.may_decide_appeal(self.editor, self.appeal.organisation)
        return is_neutral and self.appeal.is_open

    def decide(self, decision: str, reason: str) -> str:
        """End the block, or not."""
        trust.decide_appeal(
            appeal=self.appeal, lifts=decision == YES, answer=reason, by=self.editor
        )
        return _("It is decided, and the organisation is told.")
