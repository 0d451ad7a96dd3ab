"""The web servers that `kill-answers` kills: each line on standard input asks for a new one."""

import os
import signal
import sys


def main() -> None:
    """Load the application once; fork a web server for every line that is read, and tell its process."""
    from kalevi.config.installation import set_up_django

    set_up_django()
    from django.db import connections

    from kalevi.channels.api import auth
    from kalevi.channels.survey import limits
    from kalevi.config import serving
    from kalevi.config.wsgi import application  # noqa: F401  loaded before forking
    from kalevi.shell.buckets import Buckets

    endless = Buckets(burst=1e9, a_second=1e9)
    auth.PER_TOKEN = auth.PER_ADDRESS = endless  # type: ignore[misc]
    limits.BY_ADDRESS = limits.BY_SURVEY = endless
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            serving._web()
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
