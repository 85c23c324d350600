"""Users in Wagtail's admin: one name, and no way up for those who are not administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from nexsm.accounts import privacy
from nexsm.accounts.forms import UserCreationForm, UserEditForm
from nexsm.accounts.models import User
from nexsm.accounts.privacy.administrators import (
    LAST_ADMINISTRATOR,
    LastAdministratorError,
    hold_administrators,
    leaves_none,
)


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

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save. Of two administrators who take the right from one another, the second one cannot."""
        hold_administrators()
        return super().post(request, *args, **kwargs)


def _tell_objections(request: HttpRequest, objections: list[privacy.Objection]) -> None:
    for objection in objections:
        messages.error(request, str(objection.text))


class UserDeleteView(users.DeleteView):
    """Delete an account with all traces, as the person could herself."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Lead back with the reason when the account must stay."""
        try:
            return super().form_valid(form)
        except privacy.ErasureRefusedError as refused:
            _tell_objections(self.request, refused.objections)
            return redirect("wagtailusers_users:edit", self.object.pk)

    @transaction.atomic
    def delete_action(self) -> None:
        """The history says who deleted an account, and no longer whose it was."""
        log(self.object, "wagtail.delete", user=self.request.user, deleted=True)
        privacy.erase(user=self.object)


class UserBulkDeleteAction(DeleteBulkAction):
    """The same for several accounts at once: all or none."""

    def prepare_action(self, objects: list[User], objects_without_access: Any) -> Any:  # noqa: ARG002
        """Lead back with the reason when one of the accounts must stay."""
        objections = [each for user in objects for each in privacy.objections_of(user)]
        if objections:
            _tell_objections(self.request, objections)
            return redirect("wagtailusers_users:index")
        return None

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Lead back with the reason when an account must stay because others of the list go."""
        try:
            return super().form_valid(form)
        except privacy.ErasureRefusedError as refused:
            _tell_objections(self.request, refused.objections)
            messages.error(self.request, _("No account was deleted."))
            return redirect("wagtailusers_users:index")

    @classmethod
    def execute_action(cls, objects: list[User], **kwargs: Any) -> tuple[int, int]:
        """Delete them. Returns how many accounts, and 0 for things below them."""
        for user in objects:
            log(user, "wagtail.delete", user=kwargs.get("user"), deleted=True)
            privacy.erase(user=user)
        return len(objects), 0


class UserBulkRoleAction(AssignRoleBulkAction):
    """Roles are rights: only administrators give them."""

    def check_perm(self, obj: User) -> bool:  # noqa: ARG002 - Wagtail's signature
        """Whether this person may."""
        return bool(self.request.user.is_superuser)


class UserBulkActiveAction(SetActiveStateBulkAction):
    """Switch several accounts on or off; those of administrators only as one."""

    def check_perm(self, obj: User) -> bool:
        """The rule of the form."""
        is_allowed = self.request.user.is_superuser or not obj.is_superuser
        return bool(is_allowed and super().check_perm(obj))

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Lead back with the reason when nobody would be left who manages the site."""
        try:
            return super().form_valid(form)
        except LastAdministratorError:
            messages.error(self.request, str(LAST_ADMINISTRATOR))
            return redirect("wagtailusers_users:index")

    @classmethod
    def execute_action(
        cls, objects: list[User], mark_as_active: bool = False, **kwargs: Any
    ) -> tuple[int, int]:
        """Switch them. Returns how many accounts. Raises LastAdministratorError."""
        hold_administrators()
        if not mark_as_active and leaves_none(objects):
            raise LastAdministratorError
        done: tuple[int, int] = super().execute_action(
            objects, mark_as_active=mark_as_active, **kwargs
        )
        return done


class UserViewSet(users.UserViewSet):
    """Users in the admin's settings menu."""

    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView
    template_prefix = "wagtailusers/users/"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        """Forms with one name."""
        return UserEditForm if for_update else UserCreationForm
