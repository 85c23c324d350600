"""Addresses for the routes of the admin: every route becomes one that can be called."""

from __future__ import annotations

import re

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
# An argument by its name, where one object of the samples is meant.
BY_NAME = {
    "page_id": "page",
    "parent_page_id": "page",
    "page_pk": "page",
    "page_to_move_id": "page",
    "destination_id": "page",
    "image_id": "image",
    "document_id": "document",
    "doc_id": "document",
    "revision_id": "page_revision",
}
# The argument ``pk`` by what stands before it.
BY_PLACE = {
    "knowledge/resource/": "resource",
    "knowledge/organisation/": "organisation",
    "admin/people/claims/": "claim",
    "admin/people/appeals/": "block_appeal",
    "admin/people/organisations/": "organisation",
    "admin/users/": "user",
    "admin/reported/": "report",
    "admin/links/": "link",
    "admin/suggestions/": "suggestion",
    "admin/documentation/": "offer",
}
TEXTS = {
    "app_label": "knowledge",
    "app_name": "base",
    "model_name": "resource",
    "action": "publish",
    "action_name": "approve",
    "content_type_app_name": "base",
    "content_type_model_name": "contentpage",
    "filter_spec": "width-8",
    "mode": "preview",
    "uidb64": "MQ",
    "token": "x",
    "object_id": "{resource}",
}
# Numbers of things that are not there.
NOTHING = "999999"
# Routes written as regular expressions.
EXPRESSIONS = {
    r"^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": "{page}/revisions/compare/earliest...live/",
    r"(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": "{item}/revisions/compare/earliest...latest/",
    "^.*/$": "no/such/page/",
    "main/^": "main/",
}


def address_of(route: str, samples: dict[str, object]) -> str:
    """A concrete address below /admin/ for a route. Raises ValueError for an unknown expression."""
    text = route
    item = next((name for place, name in BY_PLACE.items() if place in route), "resource")
    for expression, replacement in EXPRESSIONS.items():
        text = text.replace(expression, replacement.replace("{item}", f"{{{item}}}"))

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "pk":
            place = next((sample for start, sample in BY_PLACE.items() if start in route), None)
            return str(samples[place]) if place else NOTHING
        if name == "revision_id" and "/snippets/" in route:
            return str(samples["revision"])
        if name in BY_NAME:
            return str(samples[BY_NAME[name]])
        return TEXTS.get(name, NOTHING)

    text = "/" + ARGUMENT.sub(value, text).format(**samples)
    if re.search(r"[\^$\\<>()]", text):
        raise ValueError(f"no address is known for the route {route}")
    return text
