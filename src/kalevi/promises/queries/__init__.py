"""Reads of the room `promises`."""
