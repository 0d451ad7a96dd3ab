"""What was answered, as colleagues read it: newest words first, every number with its n and interval."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from kalevi.channels.survey.answers import BadAnswerError, fields_of
from kalevi.channels.survey.definition import Question
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import Kind, usual
from kalevi.channels.survey.models import Answer, Survey
from kalevi.channels.survey.pages import duration
from kalevi.channels.survey.raw import SOURCE, scope_of, unpacked
from kalevi.interactions.models import Intake, Interaction
from kalevi.stats import Share

SHOWN = 20
# Where people usually draw the lines of these scales: (name, lowest, highest).
_PARTS: dict[Kind, tuple[tuple[int, int], ...]] = {
    Kind.NPS: ((9, 10), (7, 8), (0, 6)),
    Kind.CSAT: ((4, 5), (3, 3), (1, 2)),
    Kind.CES: ((5, 7), (4, 4), (1, 3)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a result: what was chosen, by how many of how many, with the interval."""

    label: str
    share: Share
    shape: str = ""

    @property
    def low(self) -> float:
        """The lower end of the 95% interval."""
        return self.share.interval[0]

    @property
    def high(self) -> float:
        """The upper end of the 95% interval."""
        return self.share.interval[1]


@dataclass(frozen=True, slots=True)
class Result:
    """One question: how many answered it, and the lines; none for a question of words alone."""

    asked: str
    kind: str
    n: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A survey in the list: how many answered, and about how long answering takes."""

    survey: Survey
    answers: int
    seconds: int

    @property
    def duration(self) -> str:
        """The time in words, in the language that is active."""
        return duration(self.seconds)


@dataclass(frozen=True, slots=True)
class Aside:
    """An answer that waits for somebody to look: its reason, and what can be read of it."""

    row: Intake
    words: tuple[str, ...]


def surveys_for_colleagues() -> list[Standing]:
    """Return every survey, the open ones first and the newest of them first."""
    order = {Survey.State.OPEN: 0, Survey.State.DRAFT: 1, Survey.State.CLOSED: 2}
    surveys = Survey.objects.select_related("touchpoint", "stage", "current").order_by("-pk")
    counts = _answer_counts()
    rows = [Standing(one, counts.get(one.pk, 0), _seconds(one)) for one in surveys]
    return sorted(rows, key=lambda row: order[Survey.State(row.survey.state)])


def _answer_counts() -> dict[int, int]:
    rows = Answer.objects.order_by().values("version__survey_id")
    counted = rows.annotate(n=Count("interaction_id", distinct=True))
    return {row["version__survey_id"]: row["n"] for row in counted}


def _seconds(survey: Survey) -> int:
    try:
        return (survey.current.asks() if survey.current else survey.asks()).seconds
    except ValueError:
        return 0


def _counted(survey: Survey) -> QuerySet[Answer]:
    """Return the answers that count: the newest of each who answered again."""
    return Answer.objects.filter(version__survey=survey, interaction__newer_versions__isnull=True)


def newest_answers(survey: Survey, before: int | None = None) -> tuple[list[int], int | None]:
    """Return the ids of the newest interactions with words of their own, and the id to go on from."""
    told = Interaction.objects.filter(
        pk__in=Answer.objects.filter(version__survey=survey).values("interaction_id"),
        verbatim__isnull=False,
        newer_versions__isnull=True,
    )
    if before is not None:
        told = told.filter(pk__lt=before)
    ids = list(told.order_by("-pk").values_list("pk", flat=True)[: SHOWN + 1])
    return ids[:SHOWN], ids[SHOWN - 1] if len(ids) > SHOWN else None


def results_for_colleagues(survey: Survey, language: str) -> tuple[int, list[Result]]:
    """Return how many answered, and the result of each question of the version that is asked now."""
    if survey.current is None:
        return 0, []
    counted = _counted(survey).order_by().values("question", "kind", "part", "value", "choices")
    names = ("question", "kind", "value", "choices", "n", "part")
    rows = list(counted.annotate(n=Count("pk")).values_list(*names))
    whole = _counted(survey).aggregate(n=Count("interaction_id", distinct=True))["n"]
    asked = survey.current.asks()
    return whole, [_result(question, rows, language) for question in asked.questions]


Row = tuple[str, str, int | None, str, int, str]


def _result(question: Question, rows: Iterable[Row], language: str) -> Result:
    mine = [row for row in rows if row[0] == question.key and row[1] == question.kind]
    main = [row for row in mine if not row[5]]
    n = sum(row[4] for row in main) or max((row[4] for row in mine), default=0)
    lines: tuple[Line, ...] = ()
    if question.kind in _PARTS:
        lines = _numbers(question, main)
    elif question.kind not in (Kind.WORDS, Kind.HOT):
        lines = _chosen(question, main, language)
    return Result(question.asked(language), question.kind.value, n, lines)


def _numbers(question: Question, rows: Sequence[Row]) -> tuple[Line, ...]:
    counts = Counter[int]()
    for _question, _kind, value, _choices, n, _part in rows:
        if value is not None:
            counts[value] += n
    whole = sum(counts.values())
    if not whole:
        return ()
    return tuple(
        Line(
            f"{low}–{high}" if low < high else str(low),
            Share(sum(counts[value] for value in range(low, high + 1)), whole),
        )
        for low, high in _PARTS[question.kind]
    )


def _chosen(question: Question, rows: Sequence[Row], language: str) -> tuple[Line, ...]:
    counts, whole = Counter[str](), 0
    for _question, _kind, value, choices, n, _part in rows:
        whole += n
        keys = [str(value)] if question.scale else choices.split()
        counts.update(dict.fromkeys(keys, n))
    labels = _labels(question, language)
    shown = sorted(labels, key=lambda key: -counts[key]) if question.kind is Kind.FEELING else labels
    words = feeling_words()
    return tuple(
        Line(
            labels[key],
            Share(counts[key], whole),
            words[key].plutchik if question.kind is Kind.FEELING else "",
        )
        for key in shown
        if whole and (counts[key] or question.kind is not Kind.FEELING)
    )


def _labels(question: Question, language: str) -> dict[str, str]:
    if question.kind is Kind.FEELING:
        return {key: word.texts.best(language) for key, word in feeling_words().items()}
    if question.options:
        return {option.key: option.text.best(language) for option in question.options}
    return {key: text.best(language) for key, text in usual()[question.kind].answers.items()}


def put_aside(survey: Survey) -> list[Aside]:
    """Return the newest answers that wait for a look, at most fifty."""
    rows = Intake.objects.filter(source=SOURCE, scope=scope_of(survey.pk), state=Intake.State.REJECTED)
    return [Aside(row, tuple(_readable(row))) for row in rows.order_by("-pk")[:50]]


def waiting_for_a_look(survey: Survey) -> int:
    """Return how many answers were put aside."""
    rows = Intake.objects.filter(source=SOURCE, scope=scope_of(survey.pk), state=Intake.State.REJECTED)
    return rows.count()


def _readable(row: Intake) -> Iterable[str]:
    try:
        fields = fields_of(unpacked(bytes(row.raw or b""))[1])
    except (ValueError, BadAnswerError):
        return
    for name, values in fields.items():
        if not name.startswith("_"):
            yield from (value for value in values if value.strip())
