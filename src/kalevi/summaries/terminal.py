"""The summary in a terminal: the customers' words first, then the figures, each with its n and interval."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from kalevi.stats import Share
from kalevi.summaries.feelings import looks
from kalevi.summaries.findings import HOT_ORDER, Findings, Topic
from kalevi.summaries.steps import notes, step_text
from kalevi.summaries.wording import Wording

ACCENT = "#d9822b"
SENTIMENT_STYLES = {"negative": "#c8553d", "mixed": "#b08fc7", "neutral": "#8a9a94", "positive": "#4f9d69"}
SENTIMENT_MARKS = {"negative": "▒", "mixed": "▓", "neutral": "░", "positive": "█"}
# Readable on dark and on light terminals alike.
TONES = {
    "anger": "#d4584a",
    "anticipation": "#bf6aa8",
    "disgust": "#96942e",
    "fear": "#8b78c4",
    "joy": "#c99310",
    "sadness": "#5688c4",
    "surprise": "#2f9cad",
    "trust": "#4a9d69",
}
BAR = 22
THEMES_SHOWN = 10


def summary(findings: Findings, wording: Wording, name: str) -> RenderableType:
    """The whole summary as something rich can print; `name` is the file's."""
    parts: list[RenderableType] = [Text(""), _heading(findings, wording, name), Text("")]
    if not findings.read:
        return Group(*parts, Text(wording.say("report.nothing")), Text(""))
    parts += _hots(findings, wording)
    parts += [_title(wording.say("report.feel")), _sentiment(findings, wording), Text("")]
    parts += [_feelings(findings, wording), Text("")]
    parts += [_title(wording.say("report.themes")), _themes(findings, wording), Text("")]
    parts += [_title(wording.say("report.first")), *_steps(findings, wording)]
    if findings.thanks:
        quote = wording.quoted(findings.thanks.shown(wording))
        parts += [_title(wording.say("report.thanks")), _quote(quote, "#4f9d69"), Text("")]
    return Group(*parts, *(Text(note, style="dim") for note in notes(findings, wording)))


def print_summary(console: Console, findings: Findings, wording: Wording, name: str) -> None:
    """Print the summary on a console."""
    console.print(summary(findings, wording, name), soft_wrap=False, highlight=False, markup=False)


def _heading(findings: Findings, wording: Wording, name: str) -> Text:
    text = Text()
    text.append(f"{wording.say('report.title')}\n", style=f"bold {ACCENT}")
    text.append(f"{name}\n", style="dim")
    text.append(wording.counted("count.comments", findings.read), style="bold")
    for key, count in (("count.empty", findings.empty), ("count.rejected", findings.rejected)):
        if count:
            text.append(f" · {wording.counted(key, count)}")
    for key, share in findings.languages[:4]:
        text.append(f" · {wording.name(key)} {wording.percent(share)}")
    return text


def _title(words: str) -> RenderableType:
    return Padding(Rule(Text(words, style="bold"), align="left", style="dim", characters="─"), (0, 0, 1, 0))


def _quote(words: str, style: str) -> RenderableType:
    return Padding(Text(words, style=f"italic {style}"), (0, 2, 0, 4))


def _figures(share: Share, wording: Wording) -> str:
    return f"{wording.percent(share)} ({wording.interval(share)}) · {wording.hits(share)}"


def _hots(findings: Findings, wording: Wording) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for kind in HOT_ORDER:
        topics = findings.topics[kind][:3]
        parts.append(_title(f"{looks()[kind].sign} {wording.say(f'report.{kind}_three')}"))
        if not topics:
            parts += [Padding(Text(wording.say(f"report.{kind}_none"), style="dim"), (0, 0, 1, 2))]
        for topic in topics:
            parts += [*_topic(topic, wording), Text("")]
    return parts


def _topic(topic: Topic, wording: Wording) -> list[RenderableType]:
    line = Text("  ")
    line.append(wording.name(topic.theme), style="bold")
    line.append(f"  {_figures(topic.share, wording)}", style="dim")
    quote = topic.quotes[0]
    return [_quote(wording.quoted(quote.shown(wording)), ""), line]


def _sentiment(findings: Findings, wording: Wording) -> RenderableType:
    bar, cells = Text("  "), []
    for key, share in findings.sentiments:
        style = SENTIMENT_STYLES[key]
        bar.append(SENTIMENT_MARKS[key] * round(60 * share.value), style=style)
        name = Text(f"  {SENTIMENT_MARKS[key]} {wording.name(key)}", style=style)
        cells.append((name, wording.percent(share), f"({wording.interval(share)})", wording.hits(share)))
    grid = _grid("l", "r", "r", "r")
    for row in cells:
        grid.add_row(*row)
    return Group(bar, grid)


def _bar(share: Share, style: str, largest: float) -> Text:
    filled = round(BAR * share.value / largest) if largest else 0
    return Text("━" * max(filled, 1 if share.hits else 0), style=style)


def _grid(*justify: str) -> Table:
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    for side in justify:
        grid.add_column(justify="right" if side == "r" else "left", no_wrap=True)
    return grid


def _feelings(findings: Findings, wording: Wording) -> RenderableType:
    if not findings.feelings:
        return Text("  " + wording.say("report.feel_none"), style="dim")
    grid, largest = _grid("l", "l", "r", "r", "r"), findings.feelings[0][1].value
    for key, share in findings.feelings:
        look = looks()[key]
        name = Text(f"  {look.sign} ", style=TONES[key]).append(wording.name(key), style="default")
        figures = (wording.percent(share), f"({wording.interval(share)})", wording.hits(share))
        grid.add_row(name, _bar(share, TONES[key], largest), *figures)
    return grid


def _themes(findings: Findings, wording: Wording) -> RenderableType:
    grid = _grid("l", "l", "r", "r", "r", "r")
    shown = findings.themes[:THEMES_SHOWN]
    for theme in shown:
        grid.add_row(
            Text(f"  {wording.name(theme.key)}"),
            _bar(theme.share, "#3b7ea1", shown[0].share.value),
            wording.percent(theme.share),
            f"({wording.interval(theme.share)})",
            wording.hits(theme.share),
            Text(f"{wording.name('negative')} {wording.percent(theme.negative)}", style="dim"),
        )
    return grid


def _steps(findings: Findings, wording: Wording) -> list[RenderableType]:
    if not findings.steps:
        return [Text("  " + wording.say("report.first_none")), Text("")]
    grid = Table.grid(padding=(0, 1))
    for number, step in enumerate(findings.steps, 1):
        grid.add_row(Text(f"  {number}.", style=f"bold {ACCENT}"), step_text(step, wording))
    return [grid, Text("")]
