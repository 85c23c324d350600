"""URLs of accounts; signing in and everything around it comes from django-allauth beside it."""

from django.urls import path

from nexsm.accounts.views import overview

app_name = "accounts"

urlpatterns = [
    path("", overview, name="overview"),
]
