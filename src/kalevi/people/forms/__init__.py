"""Forms of the room `people`."""
