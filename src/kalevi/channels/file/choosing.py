"""What somebody chooses instead of the guess: columns, channel, touchpoint, whose words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kalevi.channels.file.formats import folded
from kalevi.channels.file.mapping import MANY, ROLES, Mapping
from kalevi.channels.file.scores import scale_of


class NoSuchRoleError(Exception):
    """(the role, the roles there are)."""


class NoSuchColumnError(Exception):
    """(the column,)."""


def with_choices(
    mapping: Mapping,
    header: Sequence[str],
    *,
    columns: Iterable[tuple[str, str]] = (),
    channel: str | None = None,
    touchpoint: str = "",
    told_by_us: bool = False,
) -> Mapping:
    """Return the mapping with choices in place; a column is named or counted from 1.

    The first column chosen for the words takes the place of those guessed. Raises NoSuchRoleError and
    NoSuchColumnError.
    """
    roles = list(mapping.roles)
    begun: set[str] = set()
    for role, name in columns:
        if role not in ROLES:
            raise NoSuchRoleError(role, ", ".join(ROLES))
        number = _column(header, name)
        if role != "ignore" and (role not in MANY or role not in begun):
            roles = ["ignore" if played == role else played for played in roles]
        begun.add(role)
        roles[number] = role
    scale = mapping.scale
    if "rating" in roles and scale is None:
        scale = scale_of(header[roles.index("rating")], ["0", "10"])
    return replace(
        mapping,
        roles=tuple(roles),
        scale=scale,
        channel=channel or mapping.channel,
        touchpoint=touchpoint or mapping.touchpoint,
        own_words=mapping.own_words and not told_by_us,
    )


def _column(header: Sequence[str], name: str) -> int:
    names = [folded(one) for one in header]
    if folded(name) in names:
        return names.index(folded(name))
    if name.strip().isdecimal() and 1 <= int(name) <= len(header):
        return int(name) - 1
    raise NoSuchColumnError(name)
