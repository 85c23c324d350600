"""Sessions somebody took part in, and what she has offered for their documentation."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from conference.enums import OfferState
from conference.models import DocumentationOffer, Participation, SessionPage
from conference.queries.visible import Viewer, sessions_visible_to


def own_sessions(user: Viewer) -> QuerySet[SessionPage]:
    """Published sessions whose programme names this account's person (``Person.user``).

    Of a session in several languages the page in the language of the sources: there its
    documentation is kept.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return SessionPage.objects.none()
    named = Participation.objects.filter(person__user_id=user.pk).values("session_id")
    in_source = SessionPage.objects.live().filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code=settings.LANGUAGE_CODE,
    )
    sessions: QuerySet[SessionPage] = (
        sessions_visible_to(user)
        .filter(pk__in=named, alias_of__isnull=True)
        .filter(Q(locale__language_code=settings.LANGUAGE_CODE) | ~Exists(in_source))
        .order_by("-path")
    )
    return sessions


def own_session_of(session: SessionPage, user: Viewer) -> int | None:
    """Number of the page to which this person may add documentation of the session, if she may."""
    found = own_sessions(user).filter(translation_key=session.translation_key)
    return found.values_list("pk", flat=True).first()


def offers_of(user: Viewer) -> QuerySet[DocumentationOffer]:
    """What somebody has sent for her sessions, newest first."""
    offers = DocumentationOffer.objects.filter(user__in=_people(user))
    return offers.exclude(state=OfferState.BEGUN).order_by("-created_at", "-pk")


def begun_offer(session: SessionPage, user: Viewer) -> DocumentationOffer | None:
    """The offer of which only the file is kept, because the form came back with errors."""
    return (
        DocumentationOffer.objects.filter(
            session=session, user__in=_people(user), state=OfferState.BEGUN
        )
        .select_related("document")
        .first()
    )


def _people(user: Viewer) -> list[int]:
    return [user.pk] if user is not None and user.pk else []


def waiting_offers() -> QuerySet[DocumentationOffer]:
    """What editors have to decide, oldest first."""
    return (
        DocumentationOffer.objects.filter(state=OfferState.WAITING)
        .select_related("session", "user", "document", "language", "licence")
        .order_by("created_at", "pk")
    )
