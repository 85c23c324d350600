"""URLs of accounts; signing in and everything around it comes from django-allauth beside it."""

from django.urls import path

from nexsm.accounts.views import kept_form, overview

app_name = "accounts"

urlpatterns = [
    path("", overview, name="overview"),
    path("weiter/", kept_form, name="kept_form"),
]
