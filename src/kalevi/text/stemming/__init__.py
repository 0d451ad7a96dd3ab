"""Coarse search keys of words, one module per language."""
