"""What we promise: to everybody as a brand, and to one customer by a time; and whether it was kept."""
