"""Signals of the conference room. Rooms above it listen."""

from django.dispatch import Signal

# Sent inside the transaction when many sessions were written as published at once. Wagtail's
# ``page_published`` is not sent for them. ``sender`` is SessionPage, ``pks`` their primary keys.
sessions_written = Signal()
