"""`kalevi import FILE`: keeps and reads every row of a file, once, and goes on where a killed import was."""

import argparse
import gc
import json
import logging
import os
import sys
import time
from typing import TYPE_CHECKING

from kalevi.commands.progress import Progress
from kalevi.commands.upkeep import helps, say
from kalevi.summaries.wording import Wording

if TYPE_CHECKING:
    from kalevi.channels.file.mapping import Mapping
    from kalevi.channels.file.models import Import

HELP = helps("import")
CHANNELS = (
    "email",
    "phone",
    "counter",
    "survey",
    "web_form",
    "chat",
    "social_media",
    "review",
    "post",
    "system",
    "other",
)
_POLL_SECONDS = 0.2


class RefusedError(Exception):
    """Something the user can mend: a key of the texts, and its values."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    parser.description = say(language, "import.description")
    parser.add_argument("file", metavar="FILE", help=say(language, "import.file"))
    parser.add_argument("--json", action="store_true", help=say(language, "import.json"))
    parser.add_argument(
        "--column", metavar="ROLE=NAME", action="append", default=[], help=say(language, "import.column")
    )
    parser.add_argument(
        "--channel", choices=CHANNELS, metavar="|".join(CHANNELS), help=say(language, "import.channel")
    )
    parser.add_argument("--touchpoint", metavar="KEY", default="", help=say(language, "import.touchpoint"))
    parser.add_argument("--told-by-us", action="store_true", help=say(language, "import.told_by_us"))
    parser.add_argument("--encoding", metavar="NAME", help=say(language, "import.encoding"))
    parser.add_argument("--separator", metavar="CHARACTER", help=say(language, "import.separator"))
    parser.add_argument("--sheet", metavar="NAME", help=say(language, "import.sheet"))


def run(options: argparse.Namespace) -> int:
    """Import the file; exit code 0, or 2 with a sentence on stderr."""
    if options.file != "-" and not os.path.isfile(options.file):
        kind = "is_a_folder" if os.path.isdir(options.file) else "missing_file"
        return _complain(options, f"error.{kind}", path=options.file)
    from kalevi.config import installation

    # Loading makes many objects and nothing to throw away: looking for it took a sixth of the start.
    gc.disable()
    installation.set_up_django()
    gc.enable()
    installation.bring_up_to_date()
    logging.getLogger("kalevi").setLevel(logging.WARNING)
    from kalevi.channels.file.uploads import TooLargeError
    from kalevi.tables import TableError

    try:
        record = _unfinished_or_new(options)
        _bring_to_end(record, options)
    except TableError as error:
        return _complain(options, f"error.{error.reason}", **{**error.details, "path": options.file})
    except TooLargeError:
        return _complain(options, "import.too_large", path=options.file)
    except OSError:
        return _complain(options, "error.unreadable_file", path=options.file)
    except RefusedError as refused:
        return _complain(options, refused.key, **refused.values)
    return _tell(record, options)


def _complain(options: argparse.Namespace, key: str, /, **values: object) -> int:
    if key.startswith("error."):
        shown = {k: ", ".join(v[:12]) if isinstance(v, list) else v for k, v in values.items()}
        sentence = Wording.of(options.lang).say(key, **shown)
    else:
        sentence = say(options.lang, key, **values)
    print("".join(c if c.isprintable() else "\ufffd" for c in sentence), file=sys.stderr)
    return 2


def _unfinished_or_new(options: argparse.Namespace) -> "Import":
    from kalevi.channels.file import actions, uploads
    from kalevi.channels.file.models import Import

    if options.file == "-":
        upload = uploads.keep(iter(lambda: sys.stdin.buffer.read(1024 * 1024), b""))
    else:
        upload = uploads.keep_file(options.file)
    open_states = (Import.State.STORING, Import.State.UNDERSTANDING)
    unfinished = Import.objects.filter(digest=upload.digest, state__in=open_states).first()
    if unfinished is not None:
        uploads.remove(upload.stored_as)
        print(say(options.lang, "import.goes_on", rows=unfinished.rows), file=sys.stderr)
        return unfinished
    opened = {"encoding": options.encoding, "separator": options.separator, "sheet": options.sheet}
    record = actions.take_upload(
        name=os.path.basename(options.file),
        upload=upload,
        actor_id=None,
        options={key: value for key, value in opened.items() if value},
    )
    try:
        mapping = _chosen(record, options)
    except RefusedError:
        actions.discard(record=record, actor_id=None)
        raise
    actions.choose(record=record, mapping=mapping, actor_id=None)
    return actions.begin(record=record, actor_id=None, queue=f"import-{record.pk}")


def _chosen(record: "Import", options: argparse.Namespace) -> "Mapping":
    """Return the guessed mapping with what the arguments say instead. Raises RefusedError."""
    from kalevi.channels.file.choosing import NoSuchColumnError, NoSuchRoleError, with_choices
    from kalevi.channels.file.mapping import Mapping
    from kalevi.journeys.models import Touchpoint

    if options.touchpoint and not Touchpoint.objects.filter(key=options.touchpoint).exists():
        known = ", ".join(Touchpoint.objects.values_list("key", flat=True)) or "-"
        raise RefusedError("import.no_such_touchpoint", key=options.touchpoint, known=known)
    choices = [tuple(text.partition("=")[::2]) for text in options.column]
    try:
        mapping = with_choices(
            Mapping.from_json(record.mapping),
            record.header,
            columns=choices,
            channel=options.channel,
            touchpoint=options.touchpoint,
            told_by_us=options.told_by_us,
        )
    except NoSuchRoleError as error:
        raise RefusedError("import.no_such_role", role=error.args[0], known=error.args[1]) from error
    except NoSuchColumnError as error:
        raise RefusedError(
            "error.no_such_column", column=error.args[0], columns=list(record.header)
        ) from error
    if not mapping.says_something():
        raise RefusedError("error.no_text_column", path=options.file, columns=list(record.header))
    return mapping


def _bring_to_end(record: "Import", options: argparse.Namespace) -> None:
    """Run the job here, or watch it where another process has taken it."""
    from kalevi.channels.file import running
    from kalevi.channels.file.models import Import
    from kalevi.jobs import worker

    share: list[float | None] = [None]
    queue = frozenset({f"import-{record.pk}"})
    running.take_over(record)
    with Progress(say(options.lang, "import.progress"), lambda: share[0]) as progress:

        def show(done: int, total: int | None) -> None:
            share[0] = done / total if total else None
            progress.show(done)

        running.watch(show)
        while not record.is_over():
            if not worker.run_next(queues=queue):
                if running.has_failed(record):
                    raise RefusedError("import.stopped")
                time.sleep(_POLL_SECONDS)
            try:
                record.refresh_from_db()
            except Import.DoesNotExist as error:
                raise RefusedError("import.stopped") from error
            show(record.rows, None)


def _tell(record: "Import", options: argparse.Namespace) -> int:
    from kalevi.channels.file.models import Import
    from kalevi.channels.file.running import counts

    if record.state == Import.State.FAILED:
        return _complain(options, f"error.{record.reason}", path=options.file)
    if options.json:
        print(json.dumps(counts(record)))
        return 0
    print(say(options.lang, "import.done", **counts(record)))
    if record.undated:
        print(say(options.lang, "import.undated", rows=record.undated))
    if record.rejected:
        print(say(options.lang, "import.rejects", rows=record.rejected))
    return 0
