"""What keeps the house in order; not part of what is installed."""
