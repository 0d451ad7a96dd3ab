"""What the API's rows are called in the intake log, and its callers' own ids of people."""

SOURCE, ORDERS = "api", "api.order"


def kind_of_id(scope: str) -> str:
    """Return the kind of identity that a source's own ids of people are."""
    return f"{scope}:person"[:60]
