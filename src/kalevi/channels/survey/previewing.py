"""The page customers see, of what is being written: framed by ourselves alone, and sending nothing."""

from kalevi.channels.survey.builder import Draft, shown_meanwhile
from kalevi.channels.survey.pages import Public, circles_of, policy, question_page

_KEY = "preview"
_BUTTON, _STILL = "<button>", '<button type="button">'


def preview_page(
    draft: Draft, language: str, *, company: str, languages: tuple[str, ...], address: str
) -> str:
    """Return the public page of a draft; its languages lead to `address`, and its form nowhere."""
    asked = shown_meanwhile(draft)
    page = question_page(Public(_KEY, languages, company), asked, language, token="")
    head, script, rest = page.partition("<script>")
    page = head + rest.partition("</script>")[2] if script else page
    page = page.replace(f'href="/s/{_KEY}/', f'href="{address}?language=')
    return page.replace(f' action="/s/{_KEY}"', "").replace(_BUTTON, _STILL)


def preview_policy(draft: Draft) -> str:
    """Return its content security policy: the public page's, without script and sending, in our own frame."""
    rules = dict(
        rule.strip().split(" ", 1) for rule in policy(circles_of(shown_meanwhile(draft))).split(";") if rule
    )
    rules |= {"script-src": "'none'", "connect-src": "'none'", "form-action": "'none'"}
    rules["frame-ancestors"] = "'self'"
    return "; ".join(f"{name} {value}" for name, value in rules.items())
