"""Which conference a file belongs to: the one that is named, the one imported before, or a new one."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from conference.models import ConferenceIndexPage, ConferencePage, SessionPage
from conference.services.schedule_import.findings import ScheduleRefusedError
from nexsm.base.page_locking import hold


@dataclass
class Target:
    """The list of conferences and the page in it; `conference` is None when it is to be made."""

    index: ConferenceIndexPage
    conference: ConferencePage | None

    def hold(self) -> None:
        """Hold the pages until the transaction ends, so that what editors do meanwhile is not overwritten."""
        if self.conference is not None:
            hold([self.conference, *SessionPage.objects.child_of(self.conference).only("pk")])
            self.conference = ConferencePage.objects.get(pk=self.conference.pk)


def find_target(acronym: str, *, conference: str = "", parent: str = "") -> Target:
    """Find the page. Raises ScheduleRefusedError when it is not clear which one is meant.

    `conference` is the slug of a page, `parent` the slug of a list of conferences.
    """
    index = _index(parent)
    pages = ConferencePage.objects.child_of(index)
    if conference:
        page = pages.filter(slug=conference).first()
        if page is None:
            reason = _("There is no conference “%(slug)s” in the list “%(index)s”.")
            values = {"slug": conference, "index": index.title}
            raise ScheduleRefusedError.because(reason % values)
        return Target(index, page)
    found = list(pages.filter(import_id=acronym)[:2])
    if len(found) > 1:
        reason = _("Several conferences come from “%(acronym)s”. Please name one (--conference).")
        raise ScheduleRefusedError.because(reason % {"acronym": acronym})
    if not found and pages.filter(slug=acronym).exists():
        reason = _(
            "There is a conference “%(slug)s” already, and it does not come from such a file. "
            "If it is meant, please name it (--conference %(slug)s)."
        )
        raise ScheduleRefusedError.because(reason % {"slug": acronym})
    return Target(index, found[0] if found else None)


def _index(parent: str) -> ConferenceIndexPage:
    pages = ConferenceIndexPage.objects.filter(alias_of=None)
    if parent:
        pages = pages.filter(slug=parent)
    else:
        pages = pages.filter(locale__language_code=settings.LANGUAGE_CODE)
    found = list(pages[:2])
    if len(found) == 1:
        return found[0]
    if not found:
        reason = _("There is no list of conferences to import into. Please make one first.")
    else:
        reason = _("There are several lists of conferences. Please name one (--parent).")
    raise ScheduleRefusedError.because(reason)
