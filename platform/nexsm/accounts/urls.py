"""URLs of accounts; signing in and everything around it comes from django-allauth beside it."""

from django.urls import path

from nexsm.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("weiter/", views.kept_form, name="kept_form"),
    path("zweiter-schritt/", views.second_factor, name="second_factor"),
    path("daten/", views.my_data, name="data"),
    path("daten/mitnehmen/", views.export, name="export"),
    path("loeschen/", views.delete_account, name="delete"),
    path("geloescht/", views.deleted, name="deleted"),
]
