"""Against the real thing: what other tests put a stand-in for."""
