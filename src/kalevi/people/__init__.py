"""Accounts, contacts and colleagues, and what they agreed to."""
