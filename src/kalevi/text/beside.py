"""Opens the lists that lie beside the code. `importlib.resources` would load forty modules first."""

import os


def text_beside(module: str, name: str) -> str:
    """The text of the file `name` beside the file of a module, given as its `__file__`."""
    with open(os.path.join(os.path.dirname(module), name), encoding="utf-8") as file:
        return file.read()
