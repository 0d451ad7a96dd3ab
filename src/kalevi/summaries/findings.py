"""What a tally says: every share with its n, the biggest topics with quotes, and what to do first."""

from dataclasses import dataclass

from kalevi.stats import Share
from kalevi.summaries.quotes import Quote, first_unused
from kalevi.summaries.tally import Tally
from kalevi.text.reading import Model

HOT_ORDER = ("problem", "need", "dream")
FEW = 30


@dataclass(frozen=True, slots=True)
class Topic:
    """Comments of one HOT kind about one theme (an empty key: about none of the themes)."""

    kind: str
    theme: str
    share: Share
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ThemeFinding:
    """How many comments are about a theme, and how many of those are negative."""

    key: str
    share: Share
    negative: Share


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: `kind` is need, leaving, dream or action; `theme` where it concerns one."""

    kind: str
    theme: str
    count: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a summary or a report shows, in no language yet. Lists are ordered, the biggest first."""

    rows: int
    read: int
    empty: int
    rejected: int
    rejects: tuple[tuple[int, str], ...]
    masked: int
    model: Model | None
    languages: tuple[tuple[str, Share], ...]
    sentiments: tuple[tuple[str, Share], ...]
    feelings: tuple[tuple[str, Share], ...]
    feeling_quotes: dict[str, tuple[Quote, ...]]
    hots: dict[str, Share]
    topics: dict[str, tuple[Topic, ...]]
    themes: tuple[ThemeFinding, ...]
    marks: tuple[tuple[str, Share], ...]
    thanks: Quote | None
    further: tuple[tuple[str, str, Quote], ...]
    steps: tuple[Step, ...]

    @property
    def few(self) -> bool:
        """Whether there are too few comments for the figures to say much."""
        return self.read < FEW


def findings_of(tally: Tally, language: str = "") -> Findings:
    """Draw up what the tally holds. No two of the leading quotes come from one comment where that can be.

    Quotes in `language` are preferred to slightly better ones in another.
    """
    n, used = tally.read, set[int]()

    def shares(counts: dict[str, int]) -> tuple[tuple[str, Share], ...]:
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple((key, Share(count, n)) for key, count in ranked)

    topics = {kind: _topics(tally, kind, used, language) for kind in HOT_ORDER}
    feelings = shares(tally.feelings)
    return Findings(
        rows=tally.rows,
        read=n,
        empty=tally.empty,
        rejected=tally.rejected,
        rejects=tuple(tally.rejects),
        masked=tally.masked,
        model=tally.model,
        languages=shares(tally.languages),
        sentiments=tuple(
            (key, Share(tally.sentiments[key], n)) for key in ("negative", "mixed", "neutral", "positive")
        ),
        feelings=feelings,
        feeling_quotes={
            key: _leading(tally.feeling_shelves[key].quotes(language), used) for key, _ in feelings
        },
        hots={kind: Share(tally.hots[kind], n) for kind in HOT_ORDER},
        topics=topics,
        themes=tuple(
            ThemeFinding(key, share, Share(tally.negative_themes[key], share.hits))
            for key, share in shares(tally.themes)
        ),
        marks=shares(tally.marks),
        thanks=first_unused(tally.thanks.quotes(language), used),
        further=_further(topics, used),
        steps=_steps(tally, topics),
    )


def _leading(quotes: list[Quote], used: set[int]) -> tuple[Quote, ...]:
    first = first_unused(quotes, used)
    return () if first is None else (first, *(quote for quote in quotes if quote is not first))


def _topics(tally: Tally, kind: str, used: set[int], language: str) -> tuple[Topic, ...]:
    counts = {theme: count for (k, theme), count in tally.hot_themes.items() if k == kind}
    ranked = sorted(counts.items(), key=lambda item: (item[0] == "", -item[1], item[0]))
    return tuple(
        Topic(
            kind,
            theme,
            Share(count, tally.read),
            _leading(tally.hot_shelves[kind, theme].quotes(language), used),
        )
        for theme, count in ranked
    )


def _further(topics: dict[str, tuple[Topic, ...]], used: set[int]) -> tuple[tuple[str, str, Quote], ...]:
    """More words on the biggest topics, as (kind, theme, quote), each from a comment not quoted yet."""
    found = []
    for kind in HOT_ORDER:
        for topic in topics[kind][:2]:
            quote = next((quote for quote in topic.quotes if quote.row not in used), None)
            if quote:
                used.add(quote.row)
                found.append((kind, topic.theme, quote))
    return tuple(found)


def _steps(tally: Tally, topics: dict[str, tuple[Topic, ...]]) -> tuple[Step, ...]:
    problems, dreams = topics["problem"], topics["dream"]
    steps = []
    if tally.hots["need"]:
        steps.append(Step("need", "", tally.hots["need"]))
    if problems:
        steps.append(Step("action", problems[0].theme, problems[0].share.hits))
    if tally.marks["leaving"]:
        steps.append(Step("leaving", "", tally.marks["leaving"]))
    steps += [Step("action", topic.theme, topic.share.hits) for topic in problems[1:2] if topic.theme]
    steps += [Step("dream", topic.theme, topic.share.hits) for topic in dreams[:1] if topic.theme]
    return tuple(steps[:4])
