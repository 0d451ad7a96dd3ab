"""The places where words arrive, one folder each."""
