"""Looking for people to walk up to: one module a kind of reason."""
