"""From what people type to a neutral query tree."""
