"""`kalevi demo`: the demo company, loaded and served."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kalevi.commands import failing
from kalevi.commands.progress import Progress
from kalevi.commands.serve import port_is_taken
from kalevi.commands.upkeep import helps, say

HELP = helps("demo")
_REFUSED = 2


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    parser.add_argument("--fresh", action="store_true", help=say(language, "demo.fresh"))


def run(options: argparse.Namespace) -> int:
    """Make the demo's home, load the company, print address and logins, serve; return the exit code."""
    os.environ["KALEVI_HOME"] = os.environ.get("KALEVI_HOME") or str(_checkout() / "var" / "demo")
    from kalevi.config import environment, installation
    from kalevi.demo import home

    language = options.lang
    host, port = environment.value("KALEVI_HOST"), environment.port()
    if port_is_taken(host, port):
        return _refuse(say(language, "demo.port_taken", port=port))
    if options.fresh and environment.value("KALEVI_DATABASE_URL"):
        return _refuse(say(language, "demo.fresh_sqlite_only"))
    folder = Path(environment.value("KALEVI_HOME")).expanduser().resolve()
    try:
        made_for = home.begin(folder, now=datetime.now(UTC).replace(microsecond=0), fresh=options.fresh)
    except home.NotADemoError:
        return _refuse(say(language, "demo.not_a_demo", home=folder))
    installation.set_up_django()
    code = _apart(lambda: _load(made_for, language), language)
    if code:
        return code
    _welcome(language)
    from kalevi.config.serving import serve

    code = serve()
    print(say(language, "serve.stopped"))
    return code


def _checkout() -> Path:
    """Return the checkout this runs from, else the working folder."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() else Path.cwd()


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return _REFUSED


def _apart(work: Callable[[], int], language: str) -> int:
    """Do work in a process of its own, so that what it needed of memory is not kept while serving."""
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            code = work()
        except KeyboardInterrupt:
            code = 130
        except BaseException as error:
            code = failing.tell(error, language)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _load(made_for: datetime, language: str) -> int:
    from kalevi.config import installation
    from kalevi.demo.loading import is_loaded, load, used_by_others

    installation.bring_up_to_date()
    if is_loaded():
        return 0
    if used_by_others():
        return _refuse(say(language, "demo.used"))
    print(say(language, "demo.loading"), flush=True)
    share = [0.0]
    with Progress(say(language, "demo.reading"), lambda: share[0]) as bar:

        def tell(done: int, whole: int) -> None:
            share[0] = done / whole
            bar.show(done)

        load(now=made_for, progress=tell)
    return 0


def _welcome(language: str) -> None:
    from django.conf import settings
    from django.utils import translation
    from rich.console import Console
    from rich.table import Table

    from kalevi.demo.loading import PASSWORD, logins

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for column in ("address_column", "name_column", "role_column"):
        table.add_column(say(language, f"demo.{column}"))
    with translation.override(language):
        for colleague in logins():
            table.add_row(colleague.email, colleague.name, colleague.roles_in_words)
    console.print()
    console.print(say(language, "demo.address", address=settings.ADDRESS), style="bold")
    console.print()
    console.print(table)
    console.print()
    console.print(say(language, "demo.password", password=PASSWORD))
    console.print(say(language, "serve.stop"))
    sys.stdout.flush()
