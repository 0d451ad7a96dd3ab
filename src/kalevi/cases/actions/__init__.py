"""Writes of the room `cases`."""
