"""Actions on many items of a list. Each row is checked again, each change is logged."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from knowledge.admin.columns import annotate_changed
from knowledge.admin.filters import OrganisationFilters, ResourceFilters
from knowledge.admin.listing import search_condition
from knowledge.admin.withdraw import WithdrawForm
from knowledge.enums import Verification
from knowledge.models import Organisation, Resource, Topic
from knowledge.services import curation, withdrawals

MAX_ITEMS = 500
Text = str | Promise


class CurationAction(SnippetBulkAction):
    """One action on resources or organisations, item by item, so that one failure stops nobody."""

    models = [Resource, Organisation]
    template_name = "knowledge/admin/bulk_action.html"
    #: what the editor must be allowed to do with every single item
    needs: tuple[str, ...] = ("change",)
    question: Text = ""

    def check_perm(self, obj: Any) -> bool:
        """Ask the policy for this very item."""
        return all(
            self.permission_policy.user_has_permission_for_instance(self.request.user, need, obj)
            for need in self.needs
        )

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:  # noqa: ARG002
        """All items of the list as the editor saw it: with its filters and its search.

        Wagtail would take all rows of the table.
        """
        query = QueryDict(urlsplit(self.next_url).query)
        items = annotate_changed(self.model._default_manager.all())  # noqa: SLF001 - Django's name
        filter_class = ResourceFilters if self.model is Resource else OrganisationFilters
        filters = filter_class(query, items, request=self.request)
        if not filters.is_valid():
            raise PermissionDenied
        found = filters.qs
        if words := query.get("q", ""):
            fields = self.model.snippet_viewset.search_fields
            found = found.filter(search_condition(fields, words))
        return list(found.order_by("pk").values_list("pk", flat=True).distinct()[:MAX_ITEMS])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page asks."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "action": self, "limit": MAX_ITEMS}

    def act(self, item: Any) -> None:
        """Do it for one item. Raises CannotCurateError."""
        raise NotImplementedError

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        """Do it for all. What could not be done is told, with the reason."""
        action: CurationAction = kwargs["self"]
        done = 0
        # Each is held until all are done: in one order, so that two people never wait for each other.
        for item in sorted(objects, key=lambda one: one.pk):
            try:
                action.act(item)
            except curation.CannotCurateError as reason:
                messages.warning(action.request, f"{item}: {reason}")
            else:
                done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:  # noqa: ARG002
        """How many were done."""
        if not num_parent_objects:
            return None
        return ngettext(
            "%(count)d item has been changed.",
            "%(count)d items have been changed.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class PublishAction(CurationAction):
    """Put drafts online."""

    display_name = gettext_lazy("Publish")
    aria_label = gettext_lazy("Publish the selected items")
    action_type = "publish"
    action_priority = 10
    needs = ("publish",)
    question = gettext_lazy("Put the newest version of these items online?")

    def act(self, item: Any) -> None:
        """Publish the newest version."""
        curation.publish_latest(item=item, by=self.request.user)


class WithdrawAction(CurationAction):
    """Take items offline, with one reason for all."""

    display_name = gettext_lazy("Take offline")
    aria_label = gettext_lazy("Take the selected items offline")
    action_type = "withdraw"
    action_priority = 20
    needs = ("publish",)
    question = gettext_lazy("Take these items offline?")
    form_class = WithdrawForm

    def act(self, item: Any) -> None:
        """Withdraw the item."""
        if not item.live:
            raise curation.CannotCurateError(_("It is not online."))
        reason = self.cleaned_form.cleaned_data["reason"]
        withdrawals.take_offline(item=item, reason=reason, by=self.request.user)


class TopicForm(forms.Form):
    """One topic."""

    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        queryset=Topic.objects.filter(is_active=True),
        help_text=gettext_lazy("Topics the items have already stay."),
    )


class AddTopicAction(CurationAction):
    """Add one topic to items."""

    display_name = gettext_lazy("Add topic")
    aria_label = gettext_lazy("Add a topic to the selected items")
    action_type = "add_topic"
    action_priority = 25
    needs = ("change", "publish")
    question = gettext_lazy("Add a topic to these items?")
    form_class = TopicForm

    def act(self, item: Any) -> None:
        """Add the topic."""
        topic = self.cleaned_form.cleaned_data["topic"]
        curation.add_topic(item=item, topic=topic, by=self.request.user)


class VerificationForm(forms.Form):
    """One state."""

    verification = forms.ChoiceField(
        label=gettext_lazy("Verification"),
        choices=Verification.choices,
        help_text=gettext_lazy("Verified: somebody of the editors knows that it exists."),
    )


class SetVerificationAction(CurationAction):
    """Set the verification of organisations."""

    models = [Organisation]
    display_name = gettext_lazy("Set verification")
    aria_label = gettext_lazy("Set the verification of the selected organisations")
    action_type = "set_verification"
    action_priority = 28
    needs = ("change", "publish")
    question = gettext_lazy("Set the verification of these organisations?")
    form_class = VerificationForm

    def act(self, item: Any) -> None:
        """Set the state."""
        state = Verification(self.cleaned_form.cleaned_data["verification"])
        curation.set_verification(organisation=item, verification=state, by=self.request.user)


ACTIONS: list[type[CurationAction]] = [
    PublishAction,
    WithdrawAction,
    AddTopicAction,
    SetVerificationAction,
]


def refuse_deleting_everything(
    request: Any,
    action_type: str,
    objects: list[Any],  # noqa: ARG001 - the signature of the hook
    action: Any,
) -> HttpResponse | None:
    """Hook: Wagtail's "delete all in the list" forgets the filters of the list. So: not at all."""
    if action_type != "delete" or "all" not in request.GET.getlist("id"):
        return None
    if action.model not in (Resource, Organisation):
        return None
    messages.error(request, _("Please delete page by page: choose the items you really mean."))
    return redirect(action.next_url)
