"""Formats in which a programme leaves the site. All are made from the one programme query."""
