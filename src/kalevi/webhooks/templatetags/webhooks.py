"""What the webhooks' pages say problems with."""

from django import template

from kalevi.webhooks.problems import PROBLEMS

register = template.Library()


@register.filter
def why(problem: str) -> str:
    """Why something did not arrive, in the reader's language."""
    return str(PROBLEMS.get(problem, problem))
