"""Real services for the tests: Chromium, PostgreSQL, Elasticsearch.

`python -m scripts.services COMMAND …` runs a command with all of them; their addresses are in its
environment. Without a command they run until Ctrl-C and the addresses are printed.
"""
