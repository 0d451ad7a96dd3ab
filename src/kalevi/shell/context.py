"""What the base page needs on every request."""

from typing import Any

from django.http import HttpRequest

from kalevi.shell.navigation import folded, menu_for
from kalevi.shell.roles import roles_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the menu of the signed-in colleague and the company they work for."""
    menu, more = folded(menu_for(roles_of(getattr(request, "user", None))))
    return {"menu": menu, "menu_more": more, "company": getattr(request, "company", None)}
