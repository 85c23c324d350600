"""URLs of the floor that carry a language prefix."""

from django.urls import path

from nexsm.base.views import mail, site

app_name = "base"

urlpatterns = [
    path("impressum/", site.imprint, name="imprint"),
    path("datenschutz/", site.privacy, name="privacy"),
    path("barrierefreiheit/", site.accessibility, name="accessibility"),
    path("konto/mails/", mail.choice, name="mail_choice"),
    path("mails/abbestellen/<str:token>/", mail.unsubscribe, name="mail_unsubscribe"),
    path("stil/", site.style, name="style"),
]
