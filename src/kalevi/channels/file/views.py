"""Pages of imports: uploading, previewing, watching, mending, taking back."""

from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from kalevi.audit.actions import record as audit
from kalevi.channels.file import actions, running
from kalevi.channels.file.ageing import too_old
from kalevi.channels.file.failures import failure_text
from kalevi.channels.file.forms import ChoiceForm, UploadForm
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.channels.file.queries import imports_for_leaders, left_by_earlier, sample_of, seen_as, standing
from kalevi.channels.file.receiving import FolderUploadHandler
from kalevi.channels.file.rejects import rejects_file
from kalevi.channels.file.uploads import TooLargeError
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import LEADERS
from kalevi.tables import TableError


def _to_folder(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Set the upload handler before anything reads the request: the check of the token does."""

    @wraps(view)
    def begun(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [FolderUploadHandler(request)]
        return csrf_protect(view)(request, *args, **kwargs)

    return csrf_exempt(begun)


@_to_folder
@open_to(LEADERS)
def imports(request: HttpRequest) -> HttpResponse:
    """List imports and take a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name = PurePath(file.name).name
        try:
            made = actions.take_file(name=name, chunks=file.chunks(1024 * 1024), actor_id=request.user.pk)
            return redirect("import", made.pk)
        except TableError as error:
            form.add_error("file", failure_text(error.reason))
        except TooLargeError:
            form.add_error("file", failure_text("too_large"))
    shown, older = imports_for_leaders(whole_number(request.GET.get("before", "")))
    context = {"section": "imports", "form": form, "shown": shown, "older": older, "live": False}
    return render(request, "channels_file/imports.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(LEADERS, words=True)
def one_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show a preview, how far it has come, or what became of it; htmx asks for the changing part alone."""
    record = get_object_or_404(Import, pk=import_id)
    if record.state == Import.State.PREVIEWED:
        return _preview(request, record, None)
    shown = standing(record)
    context = {
        "section": "imports",
        "shown": shown,
        "failure": failure_text(record.reason),
        "left": left_by_earlier(record),
    }
    part = "_standing.html" if request.headers.get("HX-Request") else "import.html"
    response = render(request, f"channels_file/{part}", context)
    if request.headers.get("HX-Request") and not shown.working:
        response["HX-Refresh"] = "true"
    return response


def _preview(request: HttpRequest, record: Import, data: Any) -> HttpResponse:
    mapping = Mapping.from_json(record.mapping)
    try:
        sample = sample_of(record)
    except (TableError, FileNotFoundError):
        actions.discard(record=record, actor_id=request.user.pk)
        messages.error(request, gettext("The file is gone. Please send it again."))
        return redirect("imports")
    form = ChoiceForm(data, mapping=mapping, header=record.header, sample=sample)
    if data is not None and form.is_valid():
        mapping = form.chosen()
        actions.choose(record=record, mapping=mapping, actor_id=request.user.pk)
        if "begin" in data:
            actions.begin(record=record, actor_id=request.user.pk)
            return redirect("import", record.pk)
    context = {
        "section": "imports",
        "shown": standing(record),
        "form": form,
        "seen": seen_as(mapping, sample, request.user.pk),
        "old": too_old(record, mapping),
        "sees_privacy": cast(Colleague, request.user).administrator,
        "more_columns": len(record.header) > len(form.columns()),
    }
    part = "_seen.html" if request.headers.get("HX-Request") else "preview.html"
    invalid = data is not None and not form.is_valid()
    return render(request, f"channels_file/{part}", context, status=422 if invalid else 200)


@require_POST
@open_to(LEADERS)
def choose(request: HttpRequest, import_id: int) -> HttpResponse:
    """Keep the choice and show it again, or begin."""
    record = get_object_or_404(Import, pk=import_id)
    if record.state != Import.State.PREVIEWED:
        return redirect("import", record.pk)
    return _preview(request, record, request.POST)


@require_POST
@open_to(LEADERS)
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Remove an upload nobody said yes to."""
    record = get_object_or_404(Import, pk=import_id)
    if actions.discard(record=record, actor_id=request.user.pk):
        messages.success(request, gettext("The file was removed. Nothing in it was saved."))
    return redirect("imports")


@require_POST
@open_to(LEADERS)
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take an import back."""
    record = get_object_or_404(Import, pk=import_id)
    actions.undo(record=record, actor_id=request.user.pk)
    return redirect("import", record.pk)


@require_POST
@open_to(LEADERS)
def go_on(request: HttpRequest, import_id: int) -> HttpResponse:
    """Let an import whose job gave up go on."""
    record = get_object_or_404(Import, pk=import_id)
    running.take_over(record)
    audit(action="import.go_on", actor_id=request.user.pk, subject=f"import:{record.pk}")
    return redirect("import", record.pk)


@require_GET
@open_to(LEADERS, words=True)
def rejects(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give the rows that need a look as a file to mend and send again."""
    record = get_object_or_404(Import, pk=import_id)
    audit(action="import.rejects", actor_id=request.user.pk, subject=f"import:{record.pk}")
    response = StreamingHttpResponse(rejects_file(record), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kalevi-import-{record.pk}.csv"'
    return cast(HttpResponse, response)
