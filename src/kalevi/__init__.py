"""Kalevi hears every word customers say and tells a company what to do today."""

__version__ = "0.1.0"
