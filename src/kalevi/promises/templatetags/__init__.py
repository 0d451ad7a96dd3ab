"""Template filters of the room `promises`."""
