"""The figures of the page as tables, each row with its own bar as inline SVG."""

from collections.abc import Iterable, Sequence
from html import escape

from kalevi.stats import Share
from kalevi.summaries.findings import HOT_ORDER, Findings
from kalevi.summaries.shapes import shape
from kalevi.summaries.wording import Wording

ROWS = 12


def feeling_table(findings: Findings, wording: Wording) -> str:
    """Every feeling with its shape."""
    rows = ((key, shape(key) + escape(wording.name(key)), share) for key, share in findings.feelings)
    return _table(wording, "report.feelings_caption", rows)


def hot_table(findings: Findings, wording: Wording) -> str:
    """Dreams, problems and needs, and under each its biggest themes."""
    rows: list[tuple[str, str, Share]] = []
    for kind in HOT_ORDER:
        name = f"<strong>{escape(wording.say(f'report.{kind}_many'))}</strong>"
        rows.append((kind, shape(kind) + name, findings.hots[kind]))
        topics = findings.topics[kind][:5]
        rows += [(f"{kind} sub", escape(wording.name(topic.theme)), topic.share) for topic in topics]
    return _table(wording, "report.by_theme_caption", rows)


def theme_table(findings: Findings, wording: Wording) -> str:
    """The themes, each with how many of its comments are negative."""
    rows = ((theme.key, escape(wording.name(theme.key)), theme.share) for theme in findings.themes[:ROWS])
    last = [f"{wording.percent(t.negative)} ({wording.interval(t.negative)})" for t in findings.themes[:ROWS]]
    return _table(wording, "report.themes_caption", rows, wording.say("report.negative_share"), last)


def mark_table(findings: Findings, wording: Wording) -> str:
    """Promises, first visits, leaving and other marks."""
    rows = ((key, escape(wording.name(key)), share) for key, share in findings.marks[:ROWS])
    return _table(wording, "report.marks_caption", rows)


def language_table(findings: Findings, wording: Wording) -> str:
    """The languages met."""
    rows = ((key, escape(wording.name(key)), share) for key, share in findings.languages)
    return _table(wording, "report.languages_caption", rows)


def _bar(key: str, share: Share, largest: float) -> str:
    """The share as a bar with its interval as a whisker, on a scale up to the largest interval's end."""
    low, high = (100 * edge / largest for edge in share.interval)
    width = 100 * share.value / largest
    return (
        f'<svg class="bar {key}" viewBox="0 0 100 12" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">'
        f'<rect x="0" y="2" width="{width:.2f}" height="8"/>'
        f'<path class="whisker" d="M{low:.2f} 6H{high:.2f}M{low:.2f} 3V9M{high:.2f} 3V9"/></svg>'
    )


def _table(
    wording: Wording,
    caption: str,
    rows: Iterable[tuple[str, str, Share]],
    last: str = "",
    lasts: Sequence[str] = (),
) -> str:
    """A table with its roles spelled out, since the style lays its rows out anew on a phone."""
    listed = list(rows)
    largest = max((share.interval[1] for _, _, share in listed), default=1.0)
    heads = [wording.say(f"report.{key}") for key in ("name", "share", "interval", "count")]
    heads += [last] if last else []
    top = [f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads]
    top.insert(1, '<td role="cell" class="chart"></td>')
    body = []
    for at, (key, name, share) in enumerate(listed):
        cells = [wording.percent(share), wording.interval(share), wording.hits(share), *lasts[at : at + 1]]
        inner = ' class="sub"' if key.endswith(" sub") else ""
        body.append(
            f'<tr role="row"{inner}><th scope="row" role="rowheader">{name}</th>'
            f'<td role="cell" class="chart">{_bar(escape(key), share, largest)}</td>'
            + "".join(
                f'<td role="cell" data-label="{escape(label)}">{escape(cell)}</td>'
                for cell, label in zip(cells, heads[1:], strict=True)
            )
            + "</tr>"
        )
    return (
        f'<table role="table"><caption>{escape(wording.say(caption))}</caption>'
        f'<thead role="rowgroup"><tr role="row">{"".join(top)}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )
