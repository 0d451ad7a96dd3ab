"""`kalevi check FILE`: what an answer, a note or a post could do better, with the place of each word."""

import argparse
import json
import sys
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kalevi.commands.upkeep import helps, say

if TYPE_CHECKING:
    from kalevi.text.coach import Checked

HELP = helps("check")
KINDS = ("answer", "note", "post")


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    parser.description = say(language, "check.description")
    parser.add_argument("file", metavar="FILE", help=say(language, "check.file"))
    parser.add_argument("--to", metavar="FILE", help=say(language, "check.to"))
    parser.add_argument(
        "--known", metavar="TEXT", action="append", default=[], help=say(language, "check.known")
    )
    parser.add_argument("--kind", choices=KINDS, default="answer", help=say(language, "check.kind"))
    parser.add_argument("--json", action="store_true", help=say(language, "check.json"))


def run(options: argparse.Namespace) -> int:
    """Print the hints; return 0 without any, 1 with some, 2 when a file cannot be read."""
    try:
        drafts = list(_drafts(options.file))
        words = _text(options.to) if options.to else ""
    except OSError:
        print(say(options.lang, "check.unreadable"), file=sys.stderr)
        return 2
    except ValueError as error:
        print(say(options.lang, "check.no_lines", line=error.args[0]), file=sys.stderr)
        return 2
    from kalevi.text.coach import check

    found = 0
    for line, draft, to in drafts:
        checked = check(draft, to=to or words, known=options.known, say=options.lang, kind=options.kind)
        found += len(checked.hints)
        if options.json:
            print(json.dumps(_plain(line, checked), ensure_ascii=False))
        else:
            _tell(options.file, line, checked, options.lang)
    if not found and not options.json:
        print(say(options.lang, "check.well"))
    return 1 if found else 0


def _drafts(path: str) -> Iterator[tuple[int, str, str]]:
    """Yield the first line, the draft and the customer's words: a text file holds one, JSONL one a line.

    Raises ValueError with the number of a line that is no object with an `answer`.
    """
    text = _text(path)
    if not path.endswith(".jsonl"):
        yield 1, text, ""
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise ValueError(number) from None
        if not isinstance(row, dict) or not isinstance(row.get("answer"), str):
            raise ValueError(number)
        to = row.get("to")
        yield number, row["answer"], to if isinstance(to, str) else ""


def _text(path: str) -> str:
    raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    return raw.decode("utf-8-sig", "replace")


def _tell(path: str, first: int, checked: "Checked", language: str) -> None:
    starts = [0, *(place + 1 for place, sign in enumerate(checked.draft) if sign == "\n")]
    for hint in checked.hints:
        if hint.of_customer:
            where = f"{path}:{first}"
            quoted = say(language, "check.customer", quote=_shown(hint.quote))
        else:
            row = bisect_right(starts, hint.span[0]) - 1
            where = f"{path}:{first + row}:{hint.span[0] - starts[row] + 1}"
            quoted = say(language, "check.draft", quote=_shown(hint.quote))
        print(f"{where}: {quoted} {hint.why}\n    {say(language, 'check.better', text=hint.better)}")


def _shown(quote: str) -> str:
    one_line = " ".join(quote.split())
    one_line = "".join(sign if sign.isprintable() else "\ufffd" for sign in one_line)
    if len(one_line) <= 80:
        return one_line
    return (one_line[:79].rpartition(" ")[0] or one_line[:79]) + " …"


def _plain(line: int, checked: "Checked") -> dict[str, Any]:
    return {
        "line": line,
        "language": checked.language,
        "qualities": dict(checked.qualities),
        "blocked": checked.blocked,
        "hints": [
            {
                "key": hint.key,
                "span": list(hint.span),
                "quote": hint.quote,
                "of_customer": hint.of_customer,
                "why": hint.why,
                "better": hint.better,
            }
            for hint in checked.hints
        ],
    }
