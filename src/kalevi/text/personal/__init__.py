"""Finds words that point to a person: numbers and signs by their form, names by lists and cues."""
