"""A row of a vocabulary is not deleted while a version that waits cannot be read without it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from knowledge.models.vocabulary import Term
from knowledge.queries.versions import is_used_by_version


def refuse_deleting(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """For Wagtail's hook ``before_delete_snippet``: back to the list with the reason."""
    needed = [one for one in instances if isinstance(one, Term) and is_used_by_version(one)]
    if not needed:
        return None
    text = _("“%(name)s” is used by an entry that waits to be published. It cannot be deleted yet.")
    for one in needed:
        messages.error(request, text % {"name": one})
    return redirect(instances[0].snippet_viewset.get_url_name("list"))
