"""Pages of the channel: what other sites' pages load, and the settings."""
