"""Pages of the room `journeys`."""
