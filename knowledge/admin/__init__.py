"""The editors' side of the knowledge base: lists, forms, bulk actions, dashboard."""
