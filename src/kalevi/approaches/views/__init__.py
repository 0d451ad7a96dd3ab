"""Pages of the room `approaches`."""
