"""What the views share: the permissions, the way back, and how refusals are told."""

from __future__ import annotations

from typing import ClassVar

from knowledge.admin.deciding import DecisionView
from knowledge.services.organisations.errors import PeopleError

CLAIMS = "knowledge.change_claim"
TRUST = "knowledge.change_standing"


class PeopleDecisionView(DecisionView):
    """A decision about the people of an organisation, or about its trust."""

    list_name = "nexsm_people"
    header_icon = "group"
    refusals: ClassVar[tuple[type[Exception], ...]] = (PeopleError,)
