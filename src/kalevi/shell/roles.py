"""What a colleague may see and do: one role or several, which add up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The four roles; a higher one does not silently include a lower one, pages name who may come."""

    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Manager")
    FRONTLINE = "frontline", _("Frontline")
    BOARD = "board", _("Board")


EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.FRONTLINE})
LEADERS = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Who works with customers and their words; an administrator alone looks at these for a reason only.
CLOSE = frozenset({Role.MANAGER, Role.FRONTLINE})


def roles_of(user: object) -> frozenset[Role]:
    """Return the roles somebody holds; nobody who is signed out holds any."""
    return frozenset(getattr(user, "roles", ()))
