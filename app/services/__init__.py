"""Use cases: the only layer that orders steps."""
