"""Builders of test data. What they make is plain: published, public, in German, unless told otherwise."""
