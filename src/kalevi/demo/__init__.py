"""The demo company: an invented builder's merchant, its customers and two years of what happened."""
