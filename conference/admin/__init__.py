"""The editors' side of conferences."""
