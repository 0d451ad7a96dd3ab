"""Customers and organisations over the API: by the caller's own ids, exported and erased on request."""

import json
from typing import Any

from kalevi.audit.models import Entry
from kalevi.people.models import Account, Contact, Erasure
from tests.channels.api.conftest import Caller


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def test_a_customer_is_added_once_and_changed_by_what_is_sent(call: Caller) -> None:
    call.post("/accounts", {"external_id": "o1", "name": "Rauta Oy", "business_id": "1234567-8"})
    first = call.post(
        "/contacts",
        {"external_id": "c1", "name": "Aino", "phone": "040 123 4567", "account_external_id": "o1"},
    )
    assert (first.status_code, body(first)["status"]) == (201, "added")
    again = call.post("/contacts", {"external_id": "c1", "email": "aino@example.fi", "language": "sv"})
    assert (again.status_code, body(again)) == (200, {"id": body(first)["id"], "status": "known"})
    by_mail = body(call.post("/contacts/find", {"email": "AINO@example.fi"}))
    assert (by_mail["name"], by_mail["phone"], by_mail["language"]) == ("Aino", "040 123 4567", "sv")
    assert body(call.get(f"/accounts/{by_mail['account_id']}"))["name"] == "Rauta Oy"
    assert Contact.objects.count() == 1
    assert Entry.objects.filter(action="api.keep_contact", contact_id=int(by_mail["id"])).count() == 2


def test_an_organisation_is_known_by_its_id(call: Caller) -> None:
    first = body(call.post("/accounts", {"external_id": "o1", "name": "Rauta"}))
    again = call.post("/accounts", {"external_id": "o1", "name": "Rauta Oy", "line_of_business": "timber"})
    assert (again.status_code, body(again)["id"]) == (200, first["id"])
    assert body(call.post("/accounts/find", {"external_id": "o1"})) == {
        "id": first["id"],
        "external_id": "o1",
        "name": "Rauta Oy",
        "business_id": "",
        "line_of_business": "timber",
    }
    assert Account.objects.count() == 1


def test_what_cannot_be_is_told(call: Caller) -> None:
    for sent, at, key in (
        ({"name": "Aino"}, "/", "no_identity"),
        ({"email": "aino"}, "/email", "bad_email"),
        ({"phone": "12"}, "/", "no_identity"),
        ({"external_id": "c", "account_external_id": "x"}, "/account_external_id", "unknown_account"),
        ({"external_id": "c", "side": "both"}, "/side", "literal_error"),
    ):
        answer = call.post("/contacts", sent)
        assert answer.status_code == 422
        assert [(e["at"], e["key"]) for e in body(answer)["errors"]] == [(at, key)]
    assert call.post("/contacts/find", {"external_id": "none"}).status_code == 404
    assert Contact.objects.count() == 0


def test_export_and_erasure(call: Caller) -> None:
    number = body(call.post("/contacts", {"external_id": "c1", "name": "Aino", "email": "a@example.fi"}))[
        "id"
    ]
    exported = body(call.get(f"/contacts/{number}/export"))
    assert exported["people"]["name"] == "Aino"
    assert set(exported) >= {"exported_at", "people", "interactions", "orders", "webhooks"}
    erased = body(call("POST", f"/contacts/{number}/erasure"))
    assert erased["id"] == number
    assert body(call("POST", f"/contacts/{number}/erasure")) == erased
    assert Erasure.objects.count() == 1
    shown = body(call.get(f"/contacts/{number}"))
    assert (shown["erased"], shown["name"], shown["external_id"]) == (True, "", None)
    new = body(call.post("/contacts", {"external_id": "c1", "name": "Aino"}))
    assert new == {"id": new["id"], "status": "added"}
    assert new["id"] != number
