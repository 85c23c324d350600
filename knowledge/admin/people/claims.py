"""One claim: what speaks for it and against it, and the decision."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from knowledge.admin.deciding import NO, YES, DecisionForm
from knowledge.admin.people.base import CLAIMS, PeopleDecisionView
from knowledge.mail_domains import domain_of_address, domain_of_website, evidence
from knowledge.models import Claim
from knowledge.queries.people import open_claims_of, people_of
from knowledge.services.organisations import claims


class ClaimDecisionForm(DecisionForm):
    """Whether it is their organisation, and why."""

    choices = (
        (YES, gettext_lazy("Yes: make this person responsible for the profile")),
        (NO, gettext_lazy("No: it is not shown that this is their organisation")),
    )
    reason_help = gettext_lazy("The person reads it. Say what you looked at.")
    longest_reason = 1000


class ClaimView(PeopleDecisionView):
    """A claim and the form for it."""

    permission = CLAIMS
    template_name = "knowledge/admin/people/claim.html"
    form_class = ClaimDecisionForm
    page_title = gettext_lazy("This is our organisation")

    @cached_property
    def claim(self) -> Claim:
        """The claim of the address. Raises Http404."""
        return get_object_or_404(
            Claim.objects.select_related("organisation", "user"), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        """Which organisation."""
        return str(self.claim.organisation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The claim with everything an editor can compare."""
        organisation = self.claim.organisation
        addresses = EmailAddress.objects.filter(user=self.claim.user, verified=True)
        site = organisation.website
        return {
            **super().get_context_data(**kwargs),
            "claim": self.claim,
            "organisation": organisation,
            "site_domain": domain_of_website(site),
            "addresses": [
                (address, domain_of_address(address), evidence(email=address, website=site).label)
                for address in addresses.order_by("pk").values_list("email", flat=True)
            ],
            "votes": self.claim.votes.select_related("by"),
            "people": people_of(organisation),
            "others": open_claims_of(organisation).exclude(pk=self.claim.pk),
        }

    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.claim.is_open

    def decide(self, decision: str, reason: str) -> str:
        """Count the decision."""
        is_through = claims.decide(
            claim=self.claim, accepts=decision == YES, reason=reason, by=self.editor
        )
        if is_through:
            return _("It is decided, and the person is told.")
        return _("Your decision is noted. Now a second person must decide the same.")
