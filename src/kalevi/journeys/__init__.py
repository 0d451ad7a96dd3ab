"""The stages and touchpoints of the customer's way."""
