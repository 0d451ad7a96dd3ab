"""The report as one HTML page: no script, nothing fetched, light and dark, phone, desk and paper."""

from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

from kalevi.stats import Share
from kalevi.summaries.feelings import looks
from kalevi.summaries.findings import HOT_ORDER, Findings, Topic
from kalevi.summaries.quotes import Quote
from kalevi.summaries.shapes import shape
from kalevi.summaries.steps import notes, step_text
from kalevi.summaries.tables import feeling_table, hot_table, language_table, mark_table, theme_table
from kalevi.summaries.wording import Wording

TOPICS = 3
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@cache
def _style() -> str:
    css = (files("kalevi.summaries") / "page.css").read_text(encoding="utf-8")
    light = "".join(f"--{key}:{look.light};" for key, look in looks().items())
    dark = "".join(f"--{key}:{look.dark};" for key, look in looks().items())
    return css.replace("/*light*/", light).replace("/*dark*/", dark)


def page(findings: Findings, wording: Wording, name: str, made_on: date | None = None) -> str:
    """The whole page as a string; `name` is the file's, `made_on` the date to print."""
    title = wording.say("report.title")
    body = _report(findings, wording) if findings.read else f"<p>{escape(wording.say('report.nothing'))}</p>"
    return (
        f'<!doctype html>\n<html lang="{wording.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{escape(title)} · {escape(_printable(name))}</title>\n<style>{_style()}</style>\n"
        "</head>\n<body>\n<main>\n"
        f"{_head(findings, wording, name, made_on)}\n{body}\n{_notes(findings, wording)}\n"
        "</main>\n</body>\n</html>\n"
    )


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _head(findings: Findings, wording: Wording, name: str, made_on: date | None) -> str:
    languages = [
        f"{wording.name(key)} {wording.percent(share)}"
        for key, share in findings.languages[:3]
        if share.value >= 0.005
    ]
    facts = [wording.counted("count.comments", findings.read)]
    facts += [wording.counted("count.empty", findings.empty)] if findings.empty else []
    facts += [wording.counted("count.rejected", findings.rejected)] if findings.rejected else []
    facts += languages
    facts += [wording.say("report.made", date=wording.date(made_on))] if made_on else []
    return (
        f"<header><h1>{escape(wording.say('report.title'))}</h1>"
        f'<p class="facts"><strong>{escape(_printable(name))}</strong> · '
        f"{escape(' · '.join(facts))}</p></header>"
    )


def _report(findings: Findings, wording: Wording) -> str:
    say, feelings = wording.say, feeling_table(findings, wording)
    return "\n".join((
        _feel(findings, wording),
        *(_three(findings, wording, kind) for kind in HOT_ORDER),
        _first(findings, wording),
        _thanks(findings, wording),
        _section("feelings", say("report.feelings"), _sentiment(findings, wording), feelings),
        _section("hot", say("report.hot"), hot_table(findings, wording) + _further(findings, wording)),
        _section("themes", say("report.themes"), theme_table(findings, wording)),
        _section("marks", say("report.marks"), mark_table(findings, wording)) if findings.marks else "",
        _section("languages", say("report.languages"), language_table(findings, wording)),
    ))  # fmt: skip


def _section(key: str, title: str, *body: str) -> str:
    heading = f'<h2 id="h-{key}">{escape(title)}</h2>'
    return f'<section class="{key}" aria-labelledby="h-{key}">{heading}{"".join(body)}</section>'


def quote_block(quote: Quote, wording: Wording, foot: str = "", size: str = "") -> str:
    """The words themselves, in their own language, above what is known of them."""
    words = escape(wording.quoted(quote.shown(wording)))
    language = f' lang="{quote.language}"' if quote.language != "und" else ' lang=""'
    return (
        f'<figure class="quote {size}"><blockquote{language}>{words}</blockquote>'
        f"<figcaption>{foot}</figcaption></figure>"
    )


def figures(share: Share, wording: Wording) -> str:
    """A share with its n and interval."""
    return (
        f'<span class="n"><strong>{wording.percent(share)}</strong> ({wording.interval(share)}) · '
        f"{escape(wording.hits(share))}</span>"
    )


def _feel(findings: Findings, wording: Wording) -> str:
    title = wording.say("report.feel")
    if not findings.feelings:
        return _section("feel", title, f"<p>{escape(wording.say('report.feel_none'))}</p>")
    items = []
    for at, (key, share) in enumerate(findings.feelings[:TOPICS]):
        foot = f'{shape(key)}<span class="what">{escape(wording.name(key))}</span>{figures(share, wording)}'
        quote = findings.feeling_quotes[key][0]
        items.append(f"<li>{quote_block(quote, wording, foot, '' if at else 'large')}</li>")
    return _section("feel", title, f'<ul class="quotes">{"".join(items)}</ul>')


def _three(findings: Findings, wording: Wording, kind: str) -> str:
    title, topics = wording.say(f"report.{kind}_three"), findings.topics[kind][:TOPICS]
    if not topics:
        return _section(kind, title, f"<p>{escape(wording.say(f'report.{kind}_none'))}</p>")
    items = "".join(
        f"<li>{_topic_quote(topic, wording, 'large' if kind == 'problem' and not at else '')}</li>"
        for at, topic in enumerate(topics)
    )
    told = f"{escape(wording.say(f'report.{kind}_about'))} {figures(findings.hots[kind], wording)}"
    lead = f'<p class="lead">{shape(kind)}{told}</p>'
    return _section(kind, title, f'{lead}<ol class="quotes">{items}</ol>')


def _topic_quote(topic: Topic, wording: Wording, size: str) -> str:
    foot = f'<span class="what">{escape(wording.name(topic.theme))}</span>{figures(topic.share, wording)}'
    return quote_block(topic.quotes[0], wording, foot, size)


def _first(findings: Findings, wording: Wording) -> str:
    if not findings.steps:
        body = f"<p>{escape(wording.say('report.first_none'))}</p>"
    else:
        body = "<ol>" + "".join(f"<li>{escape(step_text(s, wording))}</li>" for s in findings.steps) + "</ol>"
    return _section("first", wording.say("report.first"), body)


def _thanks(findings: Findings, wording: Wording) -> str:
    if not findings.thanks:
        return ""
    row = f'<span class="what">{escape(wording.say("report.row", row=findings.thanks.row))}</span>'
    return _section(
        "thanks", wording.say("report.thanks"), quote_block(findings.thanks, wording, row, "large")
    )


def _sentiment(findings: Findings, wording: Wording) -> str:
    at, parts, keys = 0.0, [], []
    for key, share in findings.sentiments:
        parts.append(f'<rect class="{key}" x="{at:.3f}" y="0" width="{100 * share.value:.3f}" height="10"/>')
        at += 100 * share.value
        keys.append(
            f'<li><span class="key {key}"></span>{escape(wording.name(key))} {figures(share, wording)}</li>'
        )
    title = escape(wording.say("report.sentiment"))
    return (
        f'<h3>{title}</h3><svg class="tone" viewBox="0 0 100 10" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg><ul class="keys">{"".join(keys)}</ul>'
    )


def _further(findings: Findings, wording: Wording) -> str:
    if not findings.further:
        return ""
    items = []
    for kind, theme, quote in findings.further:
        what = f"{wording.name(kind)}: {wording.name(theme)}"
        foot = f'{shape(kind)}<span class="what">{escape(what)}</span>'
        items.append(f"<li>{quote_block(quote, wording, foot, 'small')}</li>")
    title = escape(wording.say("report.more_words"))
    return f'<h3>{title}</h3><ul class="quotes two">{"".join(items)}</ul>'


def _notes(findings: Findings, wording: Wording) -> str:
    items = "".join(f"<p>{escape(note)}</p>" for note in notes(findings, wording))
    return f"<footer><h2>{escape(wording.say('report.how_title'))}</h2>{items}</footer>"
