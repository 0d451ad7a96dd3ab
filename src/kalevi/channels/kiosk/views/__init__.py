"""Pages of the channel: the screen for customers, and the settings for colleagues."""
