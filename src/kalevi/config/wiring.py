"""Which rooms answer when another room asks: menu, personal data, stored words, schedules."""


def wire() -> None:
    """Fill every registry. Called once, when all applications are loaded."""
