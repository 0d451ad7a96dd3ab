"""Writes of the room `reports`."""
