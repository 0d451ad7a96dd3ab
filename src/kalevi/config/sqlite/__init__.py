"""SQLite as Django's backend has it, where those who write stand in a queue (`turnstile`)."""
