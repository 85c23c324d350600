"""A corpus of example texts, judged queries, and what the search makes of them."""
