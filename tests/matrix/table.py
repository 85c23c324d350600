"""Who gets which answer where: every route of the site, every role, the statuses allowed.

A route that stands nowhere here fails the test. An address may name samples in braces; they are
made by the fixture ``samples``.
"""

from __future__ import annotations

from tests.matrix.tables.account import ACCOUNT
from tests.matrix.tables.api import API
from tests.matrix.tables.contributing import CONTRIBUTING
from tests.matrix.tables.documenting import DOCUMENTING
from tests.matrix.tables.imports import EXCHANGE
from tests.matrix.tables.organisations import ORGANISATIONS
from tests.matrix.tables.public import PUBLIC
from tests.matrix.tables.reviewing import REVIEWING
from tests.matrix.tables.site import SITE
from tests.matrix.tables.upkeep import UPKEEP

ROWS = [
    *PUBLIC,
    *API,
    *SITE,
    *ACCOUNT,
    *CONTRIBUTING,
    *DOCUMENTING,
    *EXCHANGE,
    *REVIEWING,
    *UPKEEP,
    *ORGANISATIONS,  # at its end the owner of A leaves A
]

# The admin is one group: whatever is below it has these answers.
ADMIN = "admin/"
# Wagtail says no to an editor by leading back to its first page, or with 403.
REFUSED = frozenset({302, 403, 404, 405})
# The way in and out, and what the pages there need.
ADMIN_OPEN = {
    "admin/login/",
    "admin/logout/",
    "admin/jsi18n/",
    "admin/sprite/",
}
# Pages with which Wagtail tests its own error pages.
ADMIN_BROKEN_BY_DESIGN = {"admin/failwhale/", "admin/test404/"}
# Who may work where. All others are refused.
EDITORS_WORK = (
    "/admin/",
    "/admin/guide/",
    "/admin/account/",
    "/admin/pages/{page}/edit/",
    "/admin/pages/{page}/history/",
    "/admin/pages/{page}/unpublish/",
    "/admin/conference/{conference}/programme/",
    "/admin/conference/{conference}/copy/",
    "/admin/conference/{conference}/changes/",
    "/admin/mails/",
    "/admin/review/",
    "/admin/review/{submission}/",
    "/admin/images/",
    "/admin/images/{image}/",
    "/admin/documents/",
    "/admin/documents/edit/{document}/",
    "/admin/snippets/knowledge/resource/",
    "/admin/snippets/knowledge/resource/add/",
    "/admin/snippets/knowledge/resource/edit/{resource}/",
    "/admin/snippets/knowledge/resource/delete/{resource}/",
    "/admin/snippets/knowledge/resource/history/{resource}/",
    "/admin/snippets/knowledge/resource/usage/{resource}/",
    "/admin/snippets/knowledge/resource/unpublish/{resource}/",
    "/admin/snippets/knowledge/organisation/",
    "/admin/snippets/knowledge/organisation/edit/{organisation}/",
    "/admin/people/",
    "/admin/people/claims/{claim}/",
    "/admin/people/appeals/{block_appeal}/",
    "/admin/people/organisations/{organisation}/",
    "/admin/snippets/knowledge/topic/",
    "/admin/snippets/search/synonymgroup/",
    "/admin/snippets/search/synonymgroup/add/",
    "/admin/snippets/search/synonymgroup/edit/{synonyms}/",
    "/admin/snippets/search/missingreport/",
    "/admin/snippets/search/missingreport/edit/{missing}/",
    "/admin/import/",
    "/admin/import/example/organisation/xlsx/",
    "/admin/export/resource/csv/",
    "/admin/reported/",
    "/admin/reported/{report}/",
    "/admin/suggestions/",
    "/admin/documentation/",
    "/admin/links/",
    "/admin/links/{link}/",
)
ADMINISTRATORS_WORK = (
    "/admin/users/",
    "/admin/users/new/",
    "/admin/users/edit/{user}/",
    "/admin/users/delete/{user}/",
    "/admin/groups/",
    "/admin/groups/new/",
    "/admin/sites/",
    "/admin/locales/",
    "/admin/collections/",
    "/admin/workflows/list/",
    "/admin/workflows/tasks/index/",
    "/admin/redirects/",
)
