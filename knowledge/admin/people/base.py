"""What the views share: the permissions, and a form whose refusal is said in the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from knowledge.admin.permitted import PermittedView
from knowledge.services.organisations.errors import PeopleError

CLAIMS = "knowledge.change_claim"
TRUST = "knowledge.change_standing"


class DecisionView(PermittedView, FormView):
    """Shows one matter and a form that decides it. What was typed stays when it is refused."""

    success_message = ""

    def decide(self, data: dict[str, Any]) -> str:
        """Decide with the values of a valid form; returns what to say. Raises PeopleError."""
        raise NotImplementedError  # pragma: no cover - every view says what it decides

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Decide, or say in the form why not."""
        try:
            said = self.decide(form.cleaned_data)
        except PermissionDenied:
            form.add_error(None, _("You have a stake in this: somebody else must decide."))
            return self.form_invalid(form)
        except PeopleError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, said)
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self) -> str:
        """Back to what waits."""
        return reverse("nexsm_people")
