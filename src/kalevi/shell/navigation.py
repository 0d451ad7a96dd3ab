"""The menu, and what pages are called: rooms offer their pages, `config` puts them in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from kalevi.shell.roles import Role


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of the menu or of the settings.

    `name` is the URL name; `section` marks the entry current on the pages that name it in their context;
    `hint` says under a setting what it is for.
    """

    label: str | Promise
    name: str
    icon: str
    roles: frozenset[Role]
    section: str
    hint: str | Promise = ""


# As many as fit under a thumb side by side on the narrowest phone, with room for one word each.
_UNDER_A_THUMB = 6

_pages: list[Page] = []
_settings: list[Page] = []
_names: dict[str, str | Promise] = {}


def offer(*pages: Page) -> None:
    """Put pages in the menu, in this order."""
    _pages.extend(page for page in pages if page not in _pages)


def offer_settings(*pages: Page) -> None:
    """Put pages in the list of settings, in this order."""
    _settings.extend(page for page in pages if page not in _settings)


def call(names: Mapping[str, str | Promise]) -> None:
    """Say what pages are called that are in no menu, by URL name."""
    _names.update(names)


def name_of(page: str) -> str:
    """Return what a page is called in the reader's language, by its URL name; empty where nobody said."""
    offered = (str(one.label) for one in (*_pages, *_settings) if one.name == page)
    return next(offered, str(_names.get(page, "")))


def menu_for(roles: frozenset[Role]) -> list[Page]:
    """Return the pages that somebody with these roles may open."""
    return [page for page in _pages if roles & page.roles]


def folded(pages: list[Page]) -> tuple[list[Page], list[Page]]:
    """Return the pages that always stand in the menu, and those that a narrow window keeps behind "More"."""
    if len(pages) <= _UNDER_A_THUMB:
        return pages, []
    return pages[: _UNDER_A_THUMB - 1], pages[_UNDER_A_THUMB - 1 :]


def settings_for(roles: frozenset[Role]) -> list[Page]:
    """Return the pages of settings that somebody with these roles may open."""
    return [page for page in _settings if roles & page.roles]
