"""What all pages for customers look like: one sheet, written into each page, to which rooms add their own."""

from functools import cache
from importlib.resources import files


@cache
def base_style() -> str:
    """Return the common rules as text; a room's own come after them."""
    return (files(__package__) / "public.css").read_text(encoding="utf-8")
