"""Reads of the room `interactions`: what a page asks for, in the order things happened."""
