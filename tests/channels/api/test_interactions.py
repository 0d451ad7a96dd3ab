"""Words over the API: stored before they are acknowledged, known again, and kept as told."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kalevi.channels.api.understanding import something_waits
from kalevi.interactions.actions.own_themes import store_theme
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Colleague
from tests.channels.api.conftest import Caller

WHOLE = {
    "id": "r-1",
    "words": "Paketti tuli ajoissa, kiitos!",
    "occurred_at": "2026-11-20T09:05:00+02:00",
    "channel": "web_form",
    "contact": {"external_id": "c-7", "email": "Aino@Example.fi", "name": "Aino"},
    "score": {"kind": "nps", "value": 9, "low": 0, "high": 10},
    "feelings": ["helpotus", "kuin olisi kotiin tullut"],
    "strengths": [3, None],
    "expectation": "Ajattelin, että se myöhästyy.",
    "outcome": "better",
}


def body(response: Any) -> Any:
    return json.loads(response.content)


def test_what_is_sent_stands_as_told(call: Caller, understood: Callable[[], None]) -> None:
    leader = Colleague.objects.create_user("leader@example.fi", name="Liisa", role="manager")
    store_theme(theme=None, names={"fi": "Lähetys"}, seeds=["paketti"], actor_id=leader.pk)
    receipt = call.post("/interactions", WHOLE)
    assert receipt.status_code == 202
    assert body(receipt)["status"] == "stored"
    assert Intake.objects.get().raw == json.dumps(WHOLE).encode()
    assert something_waits()
    understood()
    shown = body(call.get(f"/interactions/{body(receipt)['id']}"))
    contact = shown.pop("contact_id")
    assert shown.pop("received_at")
    assert shown.pop("reading")["language"] == "fi"
    assert shown == {
        "id": body(receipt)["id"],
        "occurred_at": "2026-11-20T07:05:00Z",
        "channel": "web_form",
        "kind": "feedback",
        "touchpoint": None,
        "source": "api",
        "score": {"kind": "nps", "value": 9.0, "low": 0.0, "high": 10.0},
        "from_us": False,
        "told_by_colleague": False,
        "words": "Paketti tuli ajoissa, kiitos!",
        "erased": False,
        "language": "",
        "feelings": ["helpotus", "kuin olisi kotiin tullut"],
        "strengths": [3, None],
        "expectation": "Ajattelin, että se myöhästyy.",
        "outcome": "better",
        "reference": "r-1",
        "own_themes": [{"key": "own_1", "name": "Lähetys", "evidence": [[0, 7]]}],
        "older_version": None,
        "answers": None,
    }
    assert body(call.get(f"/contacts/{contact}")) == {
        "id": contact,
        "external_id": "c-7",
        "name": "Aino",
        "email": "aino@example.fi",
        "phone": "",
        "language": "",
        "account_id": None,
        "side": "customer",
        "stage": "customer",
        "in_peace_since": None,
        "erased": False,
        "merged_into": None,
    }


def test_same_id_is_known_and_other_words_are_a_newer_version(
    call: Caller, understood: Callable[[], None]
) -> None:
    first = body(call.post("/interactions", WHOLE))
    again = body(call.post("/interactions", WHOLE))
    assert again == {"id": first["id"], "status": "known"}
    newer = body(call.post("/interactions", WHOLE | {"words": "Paketti oli kuitenkin rikki."}))
    understood()
    assert newer["status"] == "stored"
    assert body(call.get(f"/interactions/{newer['id']}"))["older_version"] == first["id"]
    assert Interaction.objects.count() == 2


def test_without_an_id_the_key_tells_things_apart(call: Caller) -> None:
    score = {"score": {"kind": "csat", "value": 5, "low": 1, "high": 5}}
    ids = {body(call.post("/interactions", score, key=key))["id"] for key in ("a", "b", "a")}
    assert len(ids) == 2
    assert Intake.objects.count() == 2
    assert body(call.post("/interactions", score))["status"] == "stored"
    assert body(call.post("/interactions", score))["status"] == "known"
    assert Intake.objects.count() == 3


def test_same_key_gives_the_same_answer_and_another_request_is_refused(call: Caller) -> None:
    first = call.post("/interactions", WHOLE, key="k1")
    again = call.post("/interactions", WHOLE, key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    other = call.post("/interactions", WHOLE | {"words": "toista"}, key="k1")
    assert other.status_code == 422
    assert body(other)["type"] == "/api/v1/docs#key-used"
    assert Intake.objects.count() == 1


def test_a_sources_ids_are_its_own(call: Caller) -> None:
    from tests.channels.api.conftest import make_token

    make_token(secret="kalevi_other", source="till")
    call.post("/interactions", WHOLE)
    assert body(Caller("kalevi_other").post("/interactions", WHOLE))["status"] == "stored"
    assert Intake.objects.count() == 2


@pytest.mark.parametrize("field", ["feelings", "strengths"])
def test_what_is_no_list_is_called_one_that_has_to_be(call: Caller, field: str) -> None:
    answer = call.post("/interactions", {"words": "Kiitos!", field: "joy"})
    assert answer.status_code == 422
    assert [(one["at"], one["key"]) for one in body(answer)["errors"]] == [(f"/{field}", "list_type")]


@pytest.mark.parametrize("form", ["array", "lines"])
def test_many_are_counted_and_what_needs_a_look_is_kept_whole(
    call: Caller, understood: Callable[[], None], form: str
) -> None:
    good = [{"id": f"b{n}", "words": f"Kiitos numero {n}"} for n in range(5)]
    pieces = [json.dumps(one) for one in good]
    pieces.insert(2, '{"id": "bad", "words": 5, "colour": "red"}')
    pieces.insert(4, '{"words": "half \\ud800"}')
    raw = f"[{', '.join(pieces)}]" if form == "array" else "\n".join(pieces) + "\n\n"
    kind = "application/json" if form == "array" else "application/x-ndjson"
    answer = call.post("/interactions/many", raw.encode(), content_type=kind)
    assert answer.status_code == 202
    told = body(answer)
    assert {key: told[key] for key in ("received", "stored", "known", "rejected")} == {
        "received": 7,
        "stored": 5,
        "known": 0,
        "rejected": 2,
    }
    assert [
        (reject["index"], sorted((error["at"], error["key"]) for error in reject["errors"]))
        for reject in told["rejects"]
    ] == [
        (2, [("/2/colour", "extra_forbidden"), ("/2/words", "string_type")]),
        (4, [("/4", "json_invalid")]),
    ]
    kept = Intake.objects.filter(state=Intake.State.REJECTED).order_by("pk").values_list("raw", flat=True)
    assert [bytes(raw or b"") for raw in kept] == [pieces[2].encode(), pieces[4].encode()]
    understood()
    assert Interaction.objects.count() == 5
    again = body(call.post("/interactions/many", raw.encode(), content_type=kind))
    assert (again["stored"], again["known"], again["rejected"]) == (0, 7, 0)


def test_the_same_twice_in_one_request_is_two(call: Caller) -> None:
    same = [{"words": "Kiitos!"}, {"words": "Kiitos!"}]
    assert body(call.post("/interactions/many", same))["stored"] == 2
    assert body(call.post("/interactions/many", same))["known"] == 2


def test_a_reply_and_a_retelling_are_not_the_customers_words(
    call: Caller, understood: Callable[[], None]
) -> None:
    sent = {"words": "Kysyi laudoista.", "told_by_colleague": True, "reply": {"words": "Niitä on."}}
    number = body(call.post("/interactions", sent))["id"]
    understood()
    shown = body(call.get(f"/interactions/{number}"))
    assert shown["told_by_colleague"] is True
    reply = Interaction.objects.get(outbound=True)
    assert (reply.verbatim, reply.answers_id) == ("Niitä on.", int(number))


def test_an_unknown_touchpoint_waits_for_a_look_and_can_be_tried_again(
    call: Caller, understood: Callable[[], None]
) -> None:
    from kalevi.channels.api.actions import try_again
    from kalevi.journeys.models import JourneyStage, Touchpoint

    number = body(call.post("/interactions", {"words": "Hei", "touchpoint": "till"}))["id"]
    understood()
    assert Intake.objects.get().reason == "unknown_touchpoint"
    stage = JourneyStage.objects.create(key="buy", name_fi="o", name_sv="k", name_en="b", position=1)
    Touchpoint.objects.create(stage=stage, key="till", name_fi="k", name_sv="k", name_en="t")
    assert try_again(actor_id=None) == 1
    understood()
    assert body(call.get(f"/interactions/{number}"))["touchpoint"] == "till"


def test_pages_walk_through_everything_once(call: Caller, understood: Callable[[], None]) -> None:
    many = [
        {
            "id": f"n{n}",
            "words": f"Kiitos hyvästä palvelusta {n}!",
            "occurred_at": f"2026-11-{n + 1:02}T12:00:00Z",
            "channel": "email" if n % 2 else "phone",
        }
        for n in range(9)
    ]
    call.post("/interactions/many", many)
    understood()
    queries: list[dict[str, str]] = [{}, {"language": "fi"}, {"language": "fi", "sentiment": "positive"}]
    for query in queries:
        seen: list[str] = []
        cursor = None
        while True:
            page = body(call.get("/interactions", limit=4, **query, **({"cursor": cursor} if cursor else {})))
            seen += [item["reference"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == [f"n{n}" for n in reversed(range(9))], query
    assert body(call.get("/interactions", theme="own_1"))["items"] == []
    by_mail = body(call.get("/interactions", channel="email", limit=3))
    assert [item["reference"] for item in by_mail["items"]] == ["n7", "n5", "n3"]
    rest = body(call.get("/interactions", channel="email", limit=3, cursor=by_mail["next"]))
    assert [item["reference"] for item in rest["items"]] == ["n1"]
    window = body(call.get("/interactions", since="2026-11-03T00:00:00Z", until="2026-11-05T00:00:00Z"))
    assert [item["reference"] for item in window["items"]] == ["n3", "n2"]
