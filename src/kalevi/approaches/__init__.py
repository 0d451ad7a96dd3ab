"""Whom we walk up to unasked, with the reason in plain words, and how it was met."""
