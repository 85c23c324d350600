"""Reports about content: taken in from everybody, with a link to see what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _, override
from wagtail.log_actions import log

from knowledge.models.reports import ContentReport
from knowledge.services.editor_mails import REPORT, editors_who, tell_editors
from knowledge.services.report_rights import may_decide_report
from knowledge.services.visitor_mails import address_to_write_to, is_flood
from nexsm.accounts.models import User
from nexsm.base import mail, throttle
from nexsm.base.items import ItemKind

PER_SENDER = 5
# How long the link in a mail opens the page about a report.
LINK_SECONDS = 400 * throttle.DAY
_SALT = "knowledge.report"


class ReportLimitReachedError(Exception):
    """Too many reports in a short time. Its text is for the person who writes."""


class UnknownReportLinkError(Exception):
    """The link is not one of ours, too old, or its report is gone."""


@transaction.atomic
def report_item(
    *,
    kind: ItemKind,
    item: Any,
    reason: str,
    text: str,
    email: str,
    language: str,
    sender_key: str,
    by: User | None = None,
) -> ContentReport:
    """Keep a report and confirm it by mail if there is an address (DSA Art. 16, 4); editors get a mail.

    An address that has had enough mails is not kept, nor is any while very many reports come in: the
    report then counts all the same, but is without mails. ``sender_key`` says who writes, for the
    rate limit only; it is not kept, nor is ``by``, whom no mail has to tell of her own report. Raises
    ReportLimitReachedError after too many reports from one sender.
    """
    if not throttle.allow("report", sender_key, limit=PER_SENDER, seconds=throttle.HOUR):
        raise ReportLimitReachedError(
            _("Too many messages in a short time. Please try again in an hour.")
        )
    report = ContentReport.objects.create(
        kind=kind.name,
        key=kind.key_of(item),
        title=kind.title_of(item)[:300],
        path=kind.url_of(item)[:500],
        reason=reason,
        text=text,
        email="" if is_flood("report") else address_to_write_to(email),
        language=language,
    )
    log(instance=report, action="knowledge.report", data={"reason": reason})
    tell_reporter(report, "report_received")
    tell_editors(
        editors_who(ContentReport, lambda judge: may_decide_report(judge, report), but=by),
        REPORT,
        report,
        report=report,
    )
    return report


def link_of(report: ContentReport, user: AbstractBaseUser | None = None, language: str = "") -> str:
    """The address of the page about a report, for who reported or for an author (``user``).

    Whoever has the link may read the page: it holds no name and no address of the other side.
    """
    token = signing.dumps([report.pk, user.pk if user else None], salt=_SALT, compress=True)
    with override(language or report.language or settings.LANGUAGE_CODE):
        return f"{settings.BASE_URL}{reverse('knowledge:report_status', args=[token])}"


def read_link(token: str) -> tuple[ContentReport, User | None]:
    """The report of a link, and the author whom the link was sent to, if it was one.

    Raises UnknownReportLinkError.
    """
    try:
        report_pk, user_pk = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise UnknownReportLinkError from error
    report = ContentReport.objects.filter(pk=report_pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first() if user_pk else None
    if report is None or (user_pk and user is None):
        raise UnknownReportLinkError
    return report, user


def tell_reporter(report: ContentReport, template: str, **context: Any) -> None:
    """Queue a mail to who reported; nothing happens without an address."""
    if not report.email:
        return
    mail.queue(
        to=report.email,
        template=template,
        context={"report": report, "link": link_of(report), **context},
        language=report.language or settings.LANGUAGE_CODE,
        key=f"{template}:{report.ticket}",
        kind="report",
    )


def tell_authors(
    kind: ItemKind, item: Any, report: ContentReport, template: str, **context: Any
) -> None:
    """Queue a mail to everybody who answers for the item, each with a link of her own.

    An objection (``appeal``) that turns a decision round has a mail of its own.
    """
    matter = f":{context['appeal'].pk}" if "appeal" in context else ""
    for author in kind.authors_of(item):
        language = getattr(author, "language", "") or settings.LANGUAGE_CODE
        mail.queue(
            to=author.email,  # type: ignore[attr-defined]  # our own User has one
            template=template,
            context={"report": report, "link": link_of(report, author, language), **context},
            language=language,
            key=f"{template}:{report.ticket}{matter}:{author.pk}",
            kind="report",
            user=author,
        )
