"""Thanks on Today: read, or passed on to whom they are for."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.cases.actions.praising import NotYoursError, pass_on, see_praise
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF


@open_to(STAFF)
@require_POST
def praise(request: HttpRequest, praise_id: int) -> HttpResponse:
    """Put thanks away as read, or pass them on."""
    colleague = cast(Colleague, request.user)
    try:
        if request.POST.get("what") != "pass":
            see_praise(praise_id=praise_id, colleague=colleague)
        elif pass_on(praise_id=praise_id, colleague=colleague):
            messages.success(request, gettext("Passed on to others who were there."))
        else:
            messages.success(request, gettext("Everybody who was there has heard it already."))
    except NotYoursError:
        messages.error(request, gettext("These thanks have already been passed on."))
    return redirect("today")
