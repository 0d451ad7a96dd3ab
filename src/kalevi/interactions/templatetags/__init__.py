"""Tags of the pages of interactions."""
