"""Files of customers as something to save, and one's own picture."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from kalevi.audit.actions import record
from kalevi.cases.actions.faces import keep_face, remove_face
from kalevi.cases.faces import NoPictureError, data_address
from kalevi.cases.file_models import CaseFile, Face
from kalevi.cases.files import FILES
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.kept_files import to_save
from kalevi.shell.roles import STAFF

MOST_SENT = 5 * 1024 * 1024


@open_to(STAFF)
@require_GET
def case_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Give what a customer added as a file to save: a browser shows none of it here."""
    row = get_object_or_404(CaseFile.objects.select_related("case"), pk=file_id)
    path = FILES.path_of(row.digest)
    if not path.is_file():
        raise Http404
    record(
        action="cases.file",
        actor_id=request.user.pk,
        subject=f"case:{row.case_id}",
        contact_id=row.case.contact_id,
        file=row.pk,
    )
    return to_save(path, row.name)


@open_to(STAFF, words=False)
def face(request: HttpRequest) -> HttpResponse:
    """Show and change one's own picture."""
    colleague, fault = cast(Colleague, request.user), ""
    if request.method == "POST":
        if "remove" in request.POST:
            remove_face(colleague=colleague)
            messages.success(request, gettext("Customers see your initials again."))
            return redirect("face")
        sent = request.FILES.get("picture")
        try:
            if sent is None or (sent.size or 0) > MOST_SENT:
                raise NoPictureError("kind" if sent is None else "too_large")
            keep_face(colleague=colleague, raw=sent.read())
        except NoPictureError as error:
            fault = _why(error.reason)
        else:
            messages.success(request, gettext("Saved. Customers see it on the pages of their cases."))
            return redirect("face")
    known = Face.objects.filter(colleague=colleague).first()
    context = {"section": "settings", "known": data_address(known), "fault": fault}
    return render(request, "cases/face.html", context, status=422 if fault else 200)


def _why(reason: str) -> str:
    if reason == "kind":
        return gettext("This picture cannot be shown: choose a JPEG or a PNG.")
    return gettext(
        "It is too large: at most 8 kB and 512 pixels. If your browser allows scripts, "
        "it is made smaller here."
    )
