"""What editors decide, in one shape: a list of what waits, and one matter with a decision and its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from knowledge.admin.permitted import PER_PAGE, PermittedView

Text = str | Promise
YES, NO = "yes", "no"


class DecisionForm(forms.Form):
    """One of some choices, and the reasons, which others read."""

    choices: ClassVar[Sequence[tuple[str, Text]]] = ()
    choice_label: ClassVar[Any] = gettext_lazy("Decision")
    reason_help: ClassVar[Any] = ""
    longest_reason = 2000

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = forms.ChoiceField(
            label=self.choice_label, choices=self.choices, widget=forms.RadioSelect
        )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Reason"),
            max_length=self.longest_reason,
            help_text=self.reason_help,
            widget=forms.Textarea(attrs={"rows": 5}),
        )


class WaitingListView(PermittedView, TemplateView):
    """What waits, oldest first; ``?all=1`` shows everything, newest first."""

    def waiting(self) -> QuerySet[Any]:
        """What somebody has to decide."""
        raise NotImplementedError  # pragma: no cover - every list says what waits

    def everything(self) -> QuerySet[Any]:
        """That and all that was decided."""
        raise NotImplementedError  # pragma: no cover

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of rows."""
        show_all = self.request.GET.get("all") == "1"
        if show_all:
            rows = self.everything().order_by("-created_at", "-pk")
        else:
            rows = self.waiting().order_by("created_at", "pk")
        return {
            **super().get_context_data(**kwargs),
            "page": Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p")),
            "show_all": show_all,
            "query": "all=1" if show_all else "",
        }


class DecisionView(PermittedView, FormView):
    """Shows one matter and a form that decides it. What was typed stays when it is refused."""

    list_name = ""
    # What the services raise when it cannot be decided so; the text is for the editor.
    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def is_open(self) -> bool:
        """Whether there is something for this editor to decide."""
        return True

    def decide(self, decision: str, reason: str) -> str:
        """Decide; returns what to say. Raises one of ``refusals``, or PermissionDenied."""
        raise NotImplementedError  # pragma: no cover - every view says what it decides

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """No form where there is nothing to decide."""
        if not self.is_open():
            kwargs.setdefault("form", None)
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, unless somebody else was first."""
        if not self.is_open():
            messages.error(request, _("There is nothing for you to decide here."))
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Decide, or say in the form why not."""
        data = form.cleaned_data
        try:
            said = self.decide(data["decision"], data["reason"])
        except PermissionDenied:
            form.add_error(None, _("You have a stake in this: somebody else must decide."))
            return self.form_invalid(form)
        except self.refusals as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, said)
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self) -> str:
        """Back to what waits."""
        return reverse(self.list_name)
