"""What happened between a customer and us, as it was told."""
