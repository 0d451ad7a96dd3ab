"""Reads of the room `approaches`."""
