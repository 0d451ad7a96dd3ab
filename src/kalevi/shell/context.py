"""What the base page needs on every request."""

from typing import Any

from django.http import HttpRequest

from kalevi.shell.navigation import folded, menu_for


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the menu of the signed-in colleague and the company they work for."""
    role = getattr(getattr(request, "user", None), "role", None)
    menu, more = folded(menu_for(role) if role else [])
    return {"menu": menu, "menu_more": more, "company": getattr(request, "company", None)}
