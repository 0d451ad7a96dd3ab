"""Answers to our questions: surveys on public pages, asked in the customer's language, words first."""
