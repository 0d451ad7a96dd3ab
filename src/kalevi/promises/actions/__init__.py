"""Writes of the room `promises`."""
