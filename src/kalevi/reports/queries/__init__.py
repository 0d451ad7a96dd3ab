"""Reads of the room `reports`, a fixed number of queries each, whatever the number of interactions."""
