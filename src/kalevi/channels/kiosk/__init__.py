"""Faces on a screen where customers are: a feeling by touch, words for who wants, kept while offline."""
