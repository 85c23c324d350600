"""Views of accounts."""

from .account import AdminAccountView, admin_account, kept_form, overview, second_factor
from .data import delete_account, deleted, export, my_data
from .entrance import admin_login

__all__ = [
    "AdminAccountView",
    "admin_account",
    "admin_login",
    "delete_account",
    "deleted",
    "export",
    "kept_form",
    "my_data",
    "overview",
    "second_factor",
]
