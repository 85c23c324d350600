"""Views of accounts."""

from .account import AdminAccountView, admin_account, kept_form, overview
from .entrance import admin_login

__all__ = ["AdminAccountView", "admin_account", "admin_login", "kept_form", "overview"]
