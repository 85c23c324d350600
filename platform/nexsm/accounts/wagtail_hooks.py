"""What accounts change in Wagtail's admin."""

from wagtail import hooks

from nexsm.accounts.views.users import UserBulkDeleteAction

# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", UserBulkDeleteAction, order=1)
