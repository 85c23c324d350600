"""Deleting a document that is still needed: the admin says by what, instead of only saying no."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents.views.documents import DeleteView

from nexsm.base.linked_from import Link
from nexsm.base.media import holds
from nexsm.base.models import Document


class DeleteDocumentView(DeleteView):
    """Wagtail's, which leads whoever may not delete to the first page of the admin without a reason."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To the page of the document, where the reasons stand, if there is no other reason."""
        may_open = self.permission_policy.user_has_permission_for_instance(
            request.user, "change", self.object
        )
        if may_open and holds.is_needed(self.object):
            text = _("“%(title)s” is still needed and cannot be deleted yet.")
            messages.error(request, text % {"title": self.object.title})
            return redirect("wagtaildocs:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


def urls() -> list[URLPattern]:
    """Wagtail's address with our view."""
    view = DeleteDocumentView.as_view()
    return [path("documents/delete/<int:document_id>/", view, name="nexsm_delete_document")]


def reasons(document: Document, user: Any) -> tuple[list[Link], int]:
    """What needs the document, with the way there, and how much more that this editor may not open."""
    finder = AdminURLFinder(user)
    needs = [(one, finder.get_edit_url(one)) for one in holds.needed_by(document)]
    links = [
        Link(str(one), url, note=str(one._meta.verbose_name))  # noqa: SLF001 - Django's name
        for one, url in needs
        if url
    ]
    return links, len(needs) - len(links)
