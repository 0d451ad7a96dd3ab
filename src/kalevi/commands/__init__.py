"""The commands of `kalevi`, one thin module each.

A module has `HELP` (one line in fi, sv and en), `arguments(parser, language)`, which adds its arguments, and
`run(options) -> int`, which does it and returns the exit code; `options.lang` is the reader's language. It
imports Django only inside `run`, so that reading a file needs none.
"""

COMMANDS = {
    "read": "kalevi.commands.read",
    "check": "kalevi.commands.check",
    "import": "kalevi.commands.import_",
    "serve": "kalevi.commands.serve",
    "demo": "kalevi.commands.demo",
    "doctor": "kalevi.commands.doctor",
    "backup": "kalevi.commands.backup",
    "restore": "kalevi.commands.restore",
    "train": "kalevi.commands.train",
}
