"""Words, scores, feelings, customers and orders that other systems send over the API, or read there."""
