"""The fixed shapes as inline SVG."""

from kalevi.summaries.feelings import looks


def shape(key: str) -> str:
    """The shape of a feeling or HOT kind, silent to a screen reader: its name stands beside it."""
    return (
        f'<svg class="shape {key}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{looks()[key].path}"/></svg>'
    )
