"""Reads of the room `cases`."""
