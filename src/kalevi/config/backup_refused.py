"""Why an archive is not restored."""


class RestoreRefusedError(Exception):
    """An archive that cannot be restored here; the argument is the key of the reason."""
