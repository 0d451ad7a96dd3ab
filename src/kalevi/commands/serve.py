"""`kalevi serve`: web, worker and scheduler together."""

import argparse
import errno
import socket
import sys

from kalevi.commands.upkeep import helps, say

HELP = helps("serve")


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Take no arguments: everything is a setting."""


def run(options: argparse.Namespace) -> int:
    """Set up or bring up to date, print the address, serve; return the exit code."""
    from kalevi.config import environment

    host, port = environment.value("KALEVI_HOST"), environment.port()
    if port_is_taken(host, port):
        print(say(options.lang, "serve.port_taken", port=port), file=sys.stderr)
        return 2
    from kalevi.config import installation

    installation.set_up_django()
    from django.conf import settings

    for done in installation.bring_up_to_date():
        if done in ("created", "backed_up", "guarded", "erased_again"):
            print(say(options.lang, f"serve.{done}", home=environment.home()))
    link = installation.first_administrator_link()
    if link:
        print(say(options.lang, "serve.first"))
        print(f"  {settings.ADDRESS}{link}")
    print(say(options.lang, "serve.address", address=settings.ADDRESS))
    print(say(options.lang, "serve.stop"), flush=True)
    from kalevi.config.serving import serve

    code = serve()
    print(say(options.lang, "serve.stopped"))
    return code


def port_is_taken(host: str, port: int) -> bool:
    """Whether somebody listens on the port already. Raises SettingError when nobody can listen there."""
    from kalevi.config.environment import SettingError

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise SettingError("KALEVI_PORT" if error.errno == errno.EACCES else "KALEVI_HOST") from error
    return False
