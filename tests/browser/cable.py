"""A cable between a browser and a server that a test can pull out: what a lost network is, made sure of."""

import contextlib
import socket
import threading


class Cable:
    """Carries bytes from a port of its own to a server, until it is cut; then nobody answers there."""

    def __init__(self, address: str) -> None:
        host, port = address.split("://", 1)[1].split(":")
        self._server = (host, int(port))
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self._port = 0
        self.join()

    @property
    def address(self) -> str:
        """Where a browser finds the server."""
        return f"http://localhost:{self._port}"

    def join(self) -> None:
        """Put the cable in."""
        listener = socket.create_server(("127.0.0.1", self._port), reuse_port=False)
        self._port, self._listener = listener.getsockname()[1], listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Pull the cable out, with everything that is under way."""
        if self._listener is not None:
            # A thread that waits in accept() keeps the port open until it is woken.
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open = []

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
                far = socket.create_connection(self._server)
            except OSError:
                return
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_WR)
