"""Taking an item offline, with a reason for visitors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import UnpublishView

from knowledge.services.withdrawals import take_offline


class WithdrawForm(forms.Form):
    """The reason visitors will read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.TextInput,
        help_text=_(
            "One plain sentence. Visitors read it where the page was; whoever answers for the item gets it by mail."
        ),
    )


class WithdrawView(UnpublishView):
    """Wagtail's "unpublish" with a reason."""

    page_title = _("Take offline")
    success_message = _("“%(object)s” is offline.")
    template_name = "knowledge/admin/withdraw.html"
    form: WithdrawForm

    def setup(self, request: HttpRequest, pk: Any, *args: Any, **kwargs: Any) -> None:
        """Bind the form."""
        super().setup(request, pk, *args, **kwargs)
        initial = {"reason": self.object.withdrawn_reason}
        self.form = WithdrawForm(
            request.POST if request.method == "POST" else None, initial=initial
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form again if the reason is too long."""
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def unpublish(self) -> HttpResponse | None:
        """Take the item offline through our service. Wagtail's hooks run around it."""
        response = self.run_hook("before_unpublish", self.request, self.object)
        if response is not None:
            return response
        reason = self.form.cleaned_data["reason"]
        take_offline(item=self.object, reason=reason, by=self.request.user)
        return self.run_hook("after_unpublish", self.request, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": self.form}
