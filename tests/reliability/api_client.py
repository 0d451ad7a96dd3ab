"""A caller of the API that remembers what was acknowledged: whatever happens, that must be there.

It speaks plain HTTP: against `kalevi serve`, a live test server, or a server that is killed meanwhile.
"""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class ApiClient:
    """Sends interactions; `acknowledged` are the ids under which each will stand, by the caller's own id."""

    port: int
    token: str
    host: str = "127.0.0.1"
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    unanswered: int = 0
    _connection: http.client.HTTPConnection | None = None

    def post(self, path: str, body: Any, *, key: str | None = None) -> tuple[int, Any] | None:
        """Send once; return status and answer, or None when there was none."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            self._connection.request("POST", f"/api/v1{path}", json.dumps(body).encode(), headers)
            answer = self._connection.getresponse()
            raw = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            self.unanswered += 1
            return None
        return answer.status, json.loads(raw)

    def say(self, own_id: str, words: str) -> bool:
        """Send words once; return whether they were acknowledged."""
        answered = self.post("/interactions", {"id": own_id, "words": words})
        if answered is None:
            return False
        status, told = answered
        if status != 202:
            self.refused += 1
            return False
        self.acknowledged[own_id] = told["id"]
        return True

    def insist(self, own_id: str, words: str, *, seconds: float = 60) -> bool:
        """Send the same words until they are acknowledged or the time is over."""
        end = time.monotonic() + seconds
        while not self.say(own_id, words):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
