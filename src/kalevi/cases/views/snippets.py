"""The company's beginnings of answers: the settings page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.cases.actions.snippets import keep_snippet, remove_snippet
from kalevi.cases.snippet_forms import SnippetForm
from kalevi.cases.snippet_models import Snippet
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS
from kalevi.shell.templatetags.kalevi import reader_language


@open_to(LEADERS)
def snippets(request: HttpRequest) -> HttpResponse:
    """Show the snippets, and add one."""
    return _page(request, None)


@open_to(LEADERS)
def snippet(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """Change a snippet."""
    return _page(request, get_object_or_404(Snippet, pk=snippet_id))


def _usual() -> dict[str, str]:
    return {"language": reader_language()}


def _page(request: HttpRequest, known: Snippet | None) -> HttpResponse:
    form = SnippetForm(request.POST or None, instance=known, initial=None if known else _usual())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        keep_snippet(**told, actor_id=request.user.pk, snippet_id=known.pk if known else None)
        messages.success(request, gettext("Saved."))
        return redirect("snippets")
    context = {
        "section": "settings",
        "form": form,
        "known": known,
        "snippets": Snippet.objects.order_by("language", "name"),
    }
    return render(request, "cases/snippets.html", context, status=422 if form.errors else 200)


@open_to(LEADERS)
@require_POST
def end_snippet(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """Take a snippet out of use."""
    remove_snippet(snippet_id=snippet_id, actor_id=request.user.pk)
    messages.success(request, gettext("It is no longer in use."))
    return redirect("snippets")
