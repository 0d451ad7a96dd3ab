"""What was ordered, what was promised by when, and what was delivered when."""
