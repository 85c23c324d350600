"""Forms of this room outside the admin."""
