"""Forms of the knowledge base: the only door for what people type."""
