"""The same texts in Wagtail's own search: what a project has that does not bring its own."""
