"""Pages of the channel."""
