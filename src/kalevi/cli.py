"""The command `kalevi`: parses, calls a command, prints. Only the command that is asked for is imported."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from kalevi import __version__
from kalevi.commands import COMMANDS
from kalevi.commands.language import chosen_language
from kalevi.commands.parsing import Parser
from kalevi.summaries.wording import Wording


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 when the user can mend something."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    wording = Wording.of(chosen_language(given))
    asked = next((word for word in given if word in COMMANDS), None)
    parser = parser_for(wording, [asked] if asked else list(COMMANDS))
    options = parser.parse_args(given)
    if options.command is None:
        parser.print_help()
        return 0
    options.lang = wording.language
    try:
        return int(import_module(COMMANDS[options.command]).run(options) or 0)
    except KeyboardInterrupt:
        sys.stderr.write("\n" + wording.say("error.interrupted") + "\n")
        return 130
    except BrokenPipeError:
        # Whoever read the output has left; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from kalevi.commands import failing

        return failing.tell(error, options.lang)


def parser_for(wording: Wording, names: Sequence[str]) -> Parser:
    """The parser of `kalevi` with the named commands."""
    parser = Parser("kalevi", wording, wording.say("cli.description"))
    parser.add_argument(
        "--version", action="version", version=f"kalevi {__version__}", help=wording.say("cli.version")
    )
    commands = parser.add_subparsers(
        dest="command",
        title=wording.say("cli.commands"),
        metavar=wording.say("cli.command"),
        parser_class=Parser,
    )
    for name in names:
        module = import_module(COMMANDS[name])
        text = module.HELP[wording.language]
        one = commands.add_parser(name, help=text, wording=wording, description=text)
        module.arguments(one, wording.language)
    return parser
