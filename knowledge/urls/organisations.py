"""Organisations and their people in the members' area."""

from django.urls import path

from knowledge.views.organisations import (
    appeal,
    founding,
    invitation,
    joining,
    mine,
    people,
    profile,
    profile_texts,
)

AREA = "mitmachen/organisationen/"
ONE = f"{AREA}<uuid:public_id>/"

urlpatterns = [
    path(AREA, mine.my_organisations, name="my_organisations"),
    path(f"{AREA}neu/", founding.founding, name="organisation_founding"),
    path(f"{AREA}einladung/<str:token>/", invitation.invitation, name="invitation"),
    path(
        f"{AREA}einladung/<str:token>/nie-wieder/",
        invitation.never_again,
        name="invitation_never_again",
    ),
    path(
        f"{AREA}einladungen/<uuid:public_id>/annehmen/",
        mine.accept_listed,
        name="invitation_accept",
    ),
    path(
        f"{AREA}anfragen/<uuid:public_id>/zurueckziehen/",
        mine.withdraw_request,
        name="join_request_withdraw",
    ),
    path(
        f"{AREA}uebernahmen/<int:pk>/zurueckziehen/",
        mine.withdraw_claim,
        name="claim_withdraw",
    ),
    path(ONE, people.people, name="organisation_people"),
    path(f"{ONE}profil/", profile.profile, name="organisation_profile"),
    path(f"{ONE}profil/sprachen/", profile_texts.choose, name="organisation_languages"),
    path(f"{ONE}profil/sprachen/<slug:code>/", profile_texts.text, name="organisation_text"),
    path(f"{ONE}personen/<int:pk>/", people.change_person, name="membership_change"),
    path(f"{ONE}verlassen/", people.leave, name="organisation_leave"),
    path(
        f"{ONE}einladungen/<int:pk>/zurueckziehen/",
        people.revoke_invitation,
        name="invitation_revoke",
    ),
    path(f"{ONE}anfragen/<int:pk>/", people.decide_request, name="join_request_decide"),
    path(f"{ONE}verlauf/", people.history, name="organisation_history"),
    path(f"{ONE}beitreten/", joining.join, name="organisation_join"),
    path(f"{ONE}uebernehmen/", joining.claim, name="organisation_claim"),
    path(f"{ONE}widerspruch/", appeal.appeal, name="organisation_appeal"),
]
