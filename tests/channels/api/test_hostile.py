"""Whatever is sent, it is answered with what to do, in the caller's language, and never with a failure."""

import json
from typing import Any

import pytest

from kalevi.interactions.models import Intake
from tests.channels.api.conftest import Caller

BAD: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 400, "not-json"),
    "half": (b'{"words": "a', 400, "not-json"),
    "latin-1": ('{"words": "ä"}'.encode("latin-1"), 400, "not-utf-8"),
    "utf-16": ('{"words": "a"}'.encode("utf-16"), 400, "not-utf-8"),
    "deep": (b"[" * 100_000, 400, "not-json"),
    "deep object": (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400, "not-json"),
    "many digits": (b'{"score": ' + b"9" * 10_000 + b"}", 400, "not-json"),
    "not an object": (b"[1]", 422, "invalid"),
    "null": (b"null", 422, "invalid"),
    "NaN": (b'{"score": {"value": NaN, "low": 0, "high": 5}}', 422, "invalid"),
    "endless": (b'{"score": {"value": 1e999, "low": 0, "high": 5}}', 422, "invalid"),
    "half a character": (b'{"words": "\\ud800"}', 422, "invalid"),
    "says nothing": (b"{}", 422, "invalid"),
    "blank words": (b'{"words": " \\n"}', 422, "invalid"),
    "year 0": (b'{"words": "a", "occurred_at": "0001-01-01T00:00:00+14:00"}', 422, "invalid"),
    "year 9999": (b'{"words": "a", "occurred_at": "9999-12-31T23:59:59-14:00"}', 422, "invalid"),
    "no zone": (b'{"words": "a", "occurred_at": "2026-11-22T09:05:00"}', 422, "invalid"),
    "a number as time": (b'{"words": "a", "occurred_at": 1}', 422, "invalid"),
    "too long": (json.dumps({"words": "a" * 100_001}).encode(), 422, "invalid"),
    "long field": (json.dumps({"words": "a", "id": "b" * 131_073}).encode(), 422, "invalid"),
    "outside its scale": (b'{"score": {"value": 11, "low": 0, "high": 10}}', 422, "invalid"),
    "too large": (b'{"words": "' + b"a" * 1_100_000 + b'"}', 413, "too-large"),
}


def told(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    found: dict[str, Any] = json.loads(response.content)
    assert found["status"] == response.status_code
    return found


@pytest.mark.parametrize("name", list(BAD))
def test_bad_input_is_refused_in_words(call: Caller, name: str) -> None:
    raw, status, key = BAD[name]
    problem = told(call.post("/interactions", raw))
    assert (problem["status"], problem["type"]) == (status, f"/api/v1/docs#{key}")
    assert Intake.objects.count() == 0


@pytest.mark.parametrize("name", sorted(set(BAD) - {"too large", "latin-1", "utf-16"}))
@pytest.mark.parametrize("form", ["array", "lines"])
def test_bad_items_hold_up_no_others(call: Caller, name: str, form: str) -> None:
    good, bad = b'{"words": "Kiitos!"}', BAD[name][0]
    raw = b"[%b, %b]" % (good, bad) if form == "array" else b"%b\n%b" % (good, bad.replace(b"\n", b" "))
    kind = "application/json" if form == "array" else "application/x-ndjson"
    answer = call.post("/interactions/many", raw, content_type=kind)
    if form == "array" and BAD[name][2] == "not-json":
        assert told(answer)["status"] == 400
        return
    counts = json.loads(answer.content)
    blank = name == "nothing"
    assert (counts["stored"], counts["rejected"]) == (1, 0 if blank else 1)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Jotakin pyynnössä ei voi ymmärtää."),
        ("sv", "Något i förfrågan går inte att förstå."),
        ("en", "Something in the request cannot be understood."),
    ],
)
def test_problems_speak_the_callers_language(call: Caller, language: str, title: str) -> None:
    answer = call.post("/interactions", {"wrods": "Hei"}, language=language)
    assert told(answer)["title"] == title
    assert [(e["at"], e["key"]) for e in told(answer)["errors"]] == [("/wrods", "extra_forbidden")]


def test_text_that_a_database_cannot_hold_is_kept_as_it_came(call: Caller, understood: Any) -> None:
    nul = {
        "words": "a\x00b",
        "id": "x\x00y",
        "contact": {"external_id": "c\x00", "name": "N\x00", "email": "a\x00@b.fi"},
    }
    number = json.loads(call.post("/interactions", nul).content)["id"]
    understood()
    shown = json.loads(call.get(f"/interactions/{number}").content)
    assert (shown["words"], shown["reference"]) == ("a\ufffdb", "x\ufffdy")
    assert Intake.objects.get().raw == json.dumps(nul).encode()
    answer = call.post(
        "/contacts", {"external_id": "d\x00", "name": "N\x00", "account": "A\x00", "phone": "\x00"}
    )
    assert answer.status_code == 201
    assert call.post("/accounts", {"external_id": "\x00a", "name": "\x00b"}).status_code == 201
    order = {
        "order": "\x001",
        "event": "ordered",
        "occurred_at": "2026-11-22T09:05:00Z",
        "lines": [{"item": "\x00i"}],
    }
    assert call.post("/orders/events", order).status_code == 202
    understood()
    assert call.get("/orders", order="\x001").status_code == 200
    for path, query in (("/interactions", {"touchpoint": "a\x00"}), ("/orders", {"cursor": "\x00"})):
        assert told(call.get(path, **query))["status"] == 422


@pytest.mark.parametrize(
    "path", ["/interactions/x", "/interactions/99999999999999999999", "/contacts/-0", "/orders/%00", "/none"]
)
def test_what_is_not_there_is_not_found(call: Caller, path: str) -> None:
    assert told(call.get(path))["type"] == "/api/v1/docs#not-found"


def test_wrong_methods_types_and_keys(call: Caller) -> None:
    assert told(call("DELETE", "/interactions"))["type"] == "/api/v1/docs#wrong-method"
    assert told(call.post("/interactions", b"a=b", content_type="text/plain"))["status"] == 415
    for key in ("", " ", "a" * 256, "ä"):
        assert told(call.post("/interactions", {"words": "Hei"}, key=key))["errors"][0]["key"] == "bad_key"
    assert told(call.get("/interactions", cursor="zz"))["errors"][0]["key"] == "bad_cursor"
    assert told(call.get("/interactions", theme="nothing"))["errors"][0]["at"] == "theme"
    assert told(call.get("/interactions", limit="0"))["errors"][0]["at"] == "limit"
