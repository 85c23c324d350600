"""What members see of the review of what they have sent."""

from django.urls import path

from knowledge.views import submissions

urlpatterns = [
    path("mitmachen/einreichungen/<uuid:public_id>/", submissions.submission, name="submission"),
    path(
        "mitmachen/einreichungen/<uuid:public_id>/zuruecknehmen/",
        submissions.withdraw,
        name="submission_withdraw",
    ),
    path(
        "mitmachen/einreichungen/<uuid:public_id>/widerspruch/",
        submissions.appeal,
        name="submission_appeal",
    ),
]
