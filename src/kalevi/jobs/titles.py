"""What people call the tasks: the table knows them by their module path."""

from django.utils.functional import Promise

_titles: dict[str, str | Promise] = {}


def call(task: str, title: str | Promise) -> None:
    """Name a task for people; `task` is its module path."""
    _titles[task] = title


def title(task: str) -> str:
    """Return the name of a task in the reader's language, else the last part of its path."""
    return str(_titles.get(task, task.rsplit(".", 1)[-1].replace("_", " ")))
