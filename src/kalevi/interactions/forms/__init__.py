"""Forms of the room `interactions`."""
