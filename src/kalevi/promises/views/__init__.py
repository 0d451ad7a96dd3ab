"""Pages of the room `promises`."""
