"""What is done in the room `approaches`."""
