"""What accounts change in Wagtail's admin."""

from wagtail import hooks

from nexsm.accounts.views.users import (
    UserBulkActiveAction,
    UserBulkDeleteAction,
    UserBulkRoleAction,
)

# After Wagtail's own, whose places they take.
for action in (UserBulkActiveAction, UserBulkDeleteAction, UserBulkRoleAction):
    hooks.register("register_bulk_action", action, order=1)
