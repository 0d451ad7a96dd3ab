"""The reader of this installation: the shipped model, or one made here by `kalevi train`."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kalevi.text import Reader
from kalevi.text.refitting.keeping import active

logger = logging.getLogger(__name__)


def models_folder() -> Path:
    """Return where models made here are kept."""
    return Path(settings.HOME) / "models"


def company_reader() -> Reader:
    """Return the reader in use. It is loaded once a model, so that a running process follows a new one."""
    return _loaded(active(models_folder()))


@lru_cache(maxsize=2)
def _loaded(place: Path | None) -> Reader:
    try:
        return Reader(weights=place)
    except (OSError, ValueError, KeyError) as error:
        if place is None:
            raise
        # Words go on being read, by the shipped model, until somebody mends what was made here.
        logger.warning("the model %s cannot be read: %s", place.name, type(error).__name__)
        return Reader()
