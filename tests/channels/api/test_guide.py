"""Every example of the guide is run as it stands, and answers what the guide says."""

import json
import re
import shlex
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from kalevi.people.models import Contact
from kalevi.webhooks import signing
from tests.channels.api.conftest import SECRET, Caller
from tests.promises.made import a_colleague, a_promise
from tests.repository.rooms import ROOT

LATER = timezone.now() + timedelta(days=2)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[tuple[str, str]]:
    text = (ROOT / "docs" / "guide" / f"api.{language}.md").read_text(encoding="utf-8")
    return BLOCK.findall(text)


def holds(expected: Any, got: Any) -> bool:
    """Whether an answer is as the guide says: … stands for anything, fields may be left out."""
    if expected == "…":
        return got is not None
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(k in got and holds(v, got[k]) for k, v in expected.items())
    if isinstance(expected, list):
        return isinstance(got, list) and len(got) == len(expected) and all(map(holds, expected, got))
    return bool(expected == got)


def curl(call: Caller, command: str) -> Any:
    words = shlex.split(command.replace("$KALEVI", "").replace("$TOKEN", SECRET))
    assert words.pop(0) == "curl"
    address, headers, body = urlsplit(words.pop(0)), {}, None
    while words:
        option, value = words.pop(0), words.pop(0)
        if option == "-d":
            body = value
        else:
            assert option == "-H"
            name, _colon, text = value.partition(": ")
            headers[name] = text
    assert headers.pop("Authorization") == f"Bearer {SECRET}"
    return call(
        "GET" if body is None else "POST",
        address.path.removeprefix("/api/v1"),
        body.encode() if body is not None else None,
        content_type=headers.pop("Content-Type", "application/json"),
        key=headers.pop("Idempotency-Key", None),
        language=headers.pop("Accept-Language", "en"),
        query=dict(parse_qsl(address.query)),
    )


def test_examples_answer_what_the_guide_says(call: Caller, understood: Callable[[], None]) -> None:
    found = blocks("en")
    runs = [(text, found[n + 1]) for n, (kind, text) in enumerate(found) if kind == "bash"]
    assert len(runs) == 9
    for command, (kind, expected) in runs:
        assert kind == "json"
        if "/promises" in command:
            a_promise(a_colleague(), Contact.objects.get(), words="Tuon puuttuvat laudat.", due_at=LATER)
        answer = json.loads(curl(call, command).content)
        assert holds(json.loads(expected), answer), (command, answer)
        understood()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_examples_are_the_same_in_every_language(language: str) -> None:
    assert blocks(language) == blocks("en")


def test_the_check_of_a_signature_is_right() -> None:
    source = next(text for kind, text in blocks("en") if kind == "python")
    names: dict[str, Any] = {}
    exec(compile(source, "guide", "exec"), names)
    body, salt = b'{"a": 1}', signing.new_salt()
    headers = signing.headers(
        key="evt_1", at=timezone.now(), body=body, signers=[signing.secret("older"), signing.secret(salt)]
    )
    check = names["is_from_kalevi"]
    assert check(headers, body, signing.shown(salt)) is True
    assert check(headers, body + b" ", signing.shown(salt)) is False
    assert check(headers, body, signing.shown("another")) is False
    assert check(headers | {"webhook-timestamp": "1"}, body, signing.shown(salt)) is False
