"""Signals of the knowledge base. Rooms above it listen."""

from django.dispatch import Signal

# Sent inside the transaction when many items went online at once, new or changed. Wagtail's
# ``published`` is not sent for them: one signal for each of 10,000 items would cost more than the
# import itself. ``sender`` is the model, ``pks`` the list of primary keys.
items_changed = Signal()

# Sent inside the transaction when a mark was set or taken away that changes how these items rank.
# ``sender`` is the model, ``pks`` the list of primary keys.
freshness_changed = Signal()
