"""argparse in the reader's language: its own words for usage, groups and mistakes."""

import argparse
import re
from typing import Any, NoReturn

from kalevi.summaries.wording import LANGUAGES, Wording

_MISTAKES = (
    (re.compile(r"unrecognized arguments: (?P<names>.*)", re.DOTALL), "unknown_argument"),
    (re.compile(r"the following arguments are required: (?P<names>.*)"), "missing_argument"),
    (re.compile(r"argument (?P<names>\S+): expected .*"), "missing_argument"),
    (
        re.compile(
            r"argument (?P<option>\S+): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<choices>.*)\)"
        ),
        "unknown_choice",
    ),
)


_PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")


class _Formatter(argparse.HelpFormatter):
    """Wraps running text and leaves examples as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return "".join(indent + line for line in text.splitlines(keepends=True))
        return super()._fill_text(text, width, indent)


class Parser(argparse.ArgumentParser):
    """A parser that helps and complains in the language of `wording`."""

    def __init__(self, prog: str, wording: Wording, description: str, **more: Any) -> None:
        super().__init__(
            prog=prog, description=description, add_help=False, allow_abbrev=False,
            formatter_class=_Formatter, **more,
        )  # fmt: skip
        self.wording = wording
        self._positionals.title = wording.say("cli.arguments")
        self._optionals.title = wording.say("cli.options")
        self.add_argument("-h", "--help", action="help", help=wording.say("cli.help"))
        self.add_argument("--lang", choices=LANGUAGES, metavar="fi|sv|en", help=wording.say("cli.lang"))

    def add_argument(self, *names: Any, **more: Any) -> argparse.Action:
        """Add an argument whose placeholder, such as FILE, is said in the reader's language."""
        if isinstance(more.get("metavar"), str):
            more["metavar"] = _PLACEHOLDER.sub(
                lambda found: self.wording.say(f"placeholder.{found[0]}"), more["metavar"]
            )
        return super().add_argument(*names, **more)

    def format_usage(self) -> str:
        """The usage line."""
        return self._in_language(super().format_usage())

    def format_help(self) -> str:
        """The whole help."""
        return self._in_language(super().format_help())

    def _in_language(self, text: str) -> str:
        if text.startswith("usage: "):
            text = self.wording.say("cli.usage") + text.removeprefix("usage: ")
        return text

    def error(self, message: str) -> NoReturn:
        """Say what was not understood and leave with exit code 2."""
        detail = message
        for pattern, key in _MISTAKES:
            if match := pattern.fullmatch(message):
                found = {name: value.replace("'", "") for name, value in match.groupdict().items()}
                detail = self.wording.say(f"error.{key}", **found)
                break
        text = self.wording.say("error.usage_error", detail=detail)
        command = self.prog.removeprefix("kalevi").strip()
        hint = self.wording.say("cli.try", command=command).replace("  ", " ")
        self.exit(2, f"{text}\n{hint}\n")
