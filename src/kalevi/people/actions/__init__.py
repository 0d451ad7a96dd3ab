"""Writes of the room `people`, each in the file of whom it concerns."""

from kalevi.people.actions.colleagues import invite

__all__ = ["invite"]
