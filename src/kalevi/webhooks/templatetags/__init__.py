"""Template filters of the webhooks' pages."""
