"""One claim: what speaks for it and against it, and the decision."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from knowledge.admin.people.base import CLAIMS, DecisionView
from knowledge.mail_domains import domain_of_address, domain_of_website, evidence
from knowledge.models import Claim
from knowledge.queries.people import open_claims_of, people_of
from knowledge.services.organisations import claims


class ClaimDecisionForm(forms.Form):
    """Whether it is their organisation, and why."""

    accepts = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("yes", gettext_lazy("Yes: make this person responsible for the profile")),
            ("no", gettext_lazy("No: it is not shown that this is their organisation")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("The person reads it. Say what you looked at."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ClaimView(DecisionView):
    """A claim and the form for it."""

    permission = CLAIMS
    template_name = "knowledge/admin/people/claim.html"
    form_class = ClaimDecisionForm
    page_title = gettext_lazy("This is our organisation")
    header_icon = "group"

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

    def decide(self, data: dict[str, Any]) -> str:
        """Count the decision."""
        is_through = claims.decide(
            claim=self.claim, accepts=data["accepts"], reason=data["reason"], by=self.editor
        )
        if is_through:
            return _("It is decided, and the person is told.")
        return _("Your decision is noted. Now a second person must decide the same.")
