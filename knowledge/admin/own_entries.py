"""Who writes for an organisation does not publish its entries herself in the editors' forms, either."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView, EditView, WorkflowActionView

from knowledge.services.four_eyes import SOMEBODY_ELSE, may_decide, note_decision
from knowledge.services.submission_outcomes import note_published
from nexsm.accounts.models import User

APPROVE = "approve"


def _stored_too(item: Any) -> list[Any]:
    """The item as it would be published, and as it is stored: it may leave its organisation just now."""
    return [item, *type(item)._default_manager.filter(pk=item.pk)]  # noqa: SLF001 - Django's name


def _editor(request: HttpRequest) -> User:
    """Who is signed in: nobody else comes into the admin."""
    return cast("User", request.user)


class _OwnEntryMixin:
    """Keeps as a draft what somebody may not publish, and hands it to the others."""

    request: HttpRequest
    object: Any
    workflow: Any

    def publish_action(self) -> Any:
        """Publish what belongs to others."""
        if not may_decide(_editor(self.request), *_stored_too(self.object)):
            # Administrators may have taken the workflow off these entries: then it stays a draft.
            if not self.object.workflow_in_progress and self.workflow:
                self.submit_action()  # type: ignore[attr-defined]  # of Wagtail's views
            return self._left_to_others()
        response = super().publish_action()  # type: ignore[misc]
        note_decision(self.object, by=_editor(self.request))
        return response

    def _left_to_others(self) -> HttpResponse:
        saved = (
            _("%(reason)s Your text is saved and waits for others under “To review”.")
            if self.object.workflow_in_progress
            else _("%(reason)s Your text is saved as a draft.")
        )
        messages.warning(self.request, saved % {"reason": SOMEBODY_ELSE})
        return HttpResponseRedirect(self.get_edit_url())  # type: ignore[attr-defined]


class CuratedCreateView(_OwnEntryMixin, CreateView):
    """A new item; for one's own organisation somebody else publishes it."""


class CuratedEditView(_OwnEntryMixin, EditView):
    """Who publishes in the form has decided about what was sent: its newest version was read there."""

    def is_valid(self, form: Any) -> bool:
        """Refuse once what would put back a version that somebody else saved meanwhile.

        The form comes back with what was typed. Saved again, it counts: then she knows both texts.
        """
        valid: bool = super().is_valid(form)  # first: a draft may lack what is required
        if self.is_out_of_date and not (self.expects_json_response or self.locked_for_user):
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = self._what_is_newer()
            return False
        return valid

    def _what_is_newer(self) -> str:
        """Who saved when, with a link to what differs from the version the form was opened with."""
        newest = self.latest_revision
        text = _("%(person)s saved another version meanwhile, on %(moment)s.") % {
            "person": (newest.user.name if newest.user else "") or _("Somebody"),
            "moment": date_format(timezone.localtime(newest.created_at), "SHORT_DATETIME_FORMAT"),
        }
        choice = _("What you typed is below. If you save once more, yours counts.")
        opened = self.request.POST.get("loaded_revision_id", "")
        known = Revision.objects.for_instance(self.object)
        if not (opened.isascii() and opened.isdigit() and known.filter(pk=opened).exists()):
            return f"{text} {choice}"
        url = reverse(self.revisions_compare_url_name, args=[self.object.pk, opened, newest.pk])
        link = format_html(
            # As Wagtail does it: a bare link cannot be read on the red of this message.
            '<span class="buttons"><a class="button button-small button-secondary" href="{}"'
            ' target="_blank">{}</a></span>',
            url,
            _("See what is new"),
        )
        return format_html("{} {} {}", text, choice, link)

    def publish_action(self) -> Any:
        """Publish, and close what waits."""
        response = super().publish_action()
        if response is None:
            note_published(item=self.object, revision=self.new_revision, by=_editor(self.request))
        return response

    def workflow_action_action(self) -> Any:
        """Approve or send back; the saved text stays when somebody else must approve."""
        if self.workflow_action != APPROVE:
            return super().workflow_action_action()
        if not may_decide(_editor(self.request), *_stored_too(self.object)):
            return self._left_to_others()
        response = super().workflow_action_action()
        note_decision(self.object, by=_editor(self.request))
        return response


class CuratedWorkflowActionView(WorkflowActionView):
    """Approving from the list of what waits."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse what is one's own, before a comment is asked for."""
        versions = [self.object, self.object.get_latest_revision_as_object()]
        if self.action_name != APPROVE:
            return super().dispatch(request, *args, **kwargs)
        if may_decide(_editor(request), *versions):
            response = super().dispatch(request, *args, **kwargs)
            if request.method == "POST" and not self.task_state_is_open():
                note_decision(self.object, by=_editor(request))
            return response
        messages.error(request, str(SOMEBODY_ELSE))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            answer = {"step": "success", "redirect": self.redirect_url}
            return render_modal_workflow(request, "", None, {}, json_data=answer)
        return HttpResponseRedirect(self.redirect_url)

    def task_state_is_open(self) -> bool:
        """Whether nobody has decided about the step, as the database knows it now."""
        self.task_state.refresh_from_db()
        return bool(self.task_state.status == self.task_state.STATUS_IN_PROGRESS)
