"""Users in Wagtail's admin: one name, and no way up for those who are not administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.users.views import users

from nexsm.accounts.forms import UserCreationForm, UserEditForm


def _lock_rights(form: forms.ModelForm[Any], request: HttpRequest) -> forms.ModelForm[Any]:
    """Only administrators decide about rights; others see them."""
    if not request.user.is_superuser:
        for name in {"is_superuser", "groups"} & set(form.fields):
            form.fields[name].disabled = True
    return form


class UserIndexView(users.IndexView):
    """The list of users."""

    @property
    def search_fields(self) -> set[str]:
        """Search in address and name."""
        return {"email", "name"}

    def order_queryset(self, queryset: Any) -> Any:
        """Wagtail sorts names by fields this user does not have."""
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering, "pk")
        return super().order_queryset(queryset)


class UserCreateView(users.CreateView):
    """Add a user."""

    def get_form(self, *args: Any, **kwargs: Any) -> forms.ModelForm[Any]:
        """The form, with rights that only administrators can give."""
        return _lock_rights(super().get_form(*args, **kwargs), self.request)


class UserEditView(users.EditView):
    """Change a user."""

    def get_form(self, *args: Any, **kwargs: Any) -> forms.ModelForm[Any]:
        """The form, with rights that only administrators can give."""
        return _lock_rights(super().get_form(*args, **kwargs), self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Administrators are changed by administrators only. Raises PermissionDenied."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(users.UserViewSet):
    """Users in the admin's settings menu."""

    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    template_prefix = "wagtailusers/users/"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        """Forms with one name."""
        return UserEditForm if for_update else UserCreationForm
