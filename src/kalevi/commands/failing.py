"""What a command says when it fails: a setting to mend, or an error's kind and place without its text."""

import sys
import traceback
from importlib import import_module

from kalevi.commands.upkeep import say

_MENDABLE = 2


def tell(error: BaseException, language: str) -> int:
    """Say on stderr what went wrong, in the reader's language; return the exit code.

    The text of an error may quote a customer (a database tells the row it refused), so it is not said.
    """
    sentence, code = _sentence(error, language)
    print(sentence, file=sys.stderr)
    return code


def _sentence(error: BaseException, language: str) -> tuple[str, int]:
    environment = import_module("kalevi.config.environment")
    if isinstance(error, environment.SettingError):
        return say(language, f"setting.{error.name}", value=_shown(error.name)), _MENDABLE
    django = sys.modules.get("django.db")
    if django is not None and isinstance(error, django.OperationalError):
        kind = "KALEVI_DATABASE_URL" if environment.value("KALEVI_DATABASE_URL") else "sqlite"
        return say(language, f"failing.{kind}", home=environment.value("KALEVI_HOME")), _MENDABLE
    if isinstance(error, OSError) and error.filename:
        return say(language, "failing.file", path=error.filename), _MENDABLE
    frames = reversed(traceback.extract_tb(error.__traceback__)[-6:])
    place = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return say(language, "failing.unexpected", kind=kind, place=place), 1


def _shown(name: str) -> str:
    """Return what a setting was set to; an address of a database may hold a password."""
    environment = import_module("kalevi.config.environment")
    return "" if name == "KALEVI_DATABASE_URL" else environment.value(name)
