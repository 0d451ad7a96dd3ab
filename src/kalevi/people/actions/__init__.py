"""Writes of the room `people`, each in the file of whom it concerns."""
