"""The programme as a file for paper."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from conference.exports.programme_pdf import programme_pdf
from conference.models import ConferencePage
from conference.queries import ProgrammeFilter, publication_of
from conference.views.files import file_response


@require_safe
def programme(request: HttpRequest, conference: ConferencePage) -> HttpResponseBase:
    """The whole programme, or what the parameters of the programme's page choose of it."""
    chosen = ProgrammeFilter.from_query(request.GET)
    publication = publication_of(conference, None, chosen)
    return file_response(
        request,
        programme_pdf(publication),
        content_type="application/pdf",
        filename=f"{conference.slug}-programm.pdf",
        modified_at=publication.modified_at,
    )
