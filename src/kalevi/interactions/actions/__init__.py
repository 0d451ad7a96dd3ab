"""Writes of the room `interactions`: colleagues' readings and what they heard."""
