"""Whole numbers that come from outside: in an address, a form, a link or a header."""

# What a database keeps in its largest integer.
_TOO_LARGE = 2**63
_MOST_DIGITS = 19


def whole_number(text: str, *, signed: bool = False) -> int | None:
    """Return the number that a text is, None for anything else and for what no database could hold.

    Only 0 to 9 count: `isdigit` alone lets "²" through, on which `int` fails, as it does on very many digits.
    """
    digits = text.removeprefix("-") if signed else text
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        return None
    number = int(text)
    return number if abs(number) < _TOO_LARGE else None
