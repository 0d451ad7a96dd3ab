"""The pages of webhooks: adding one, its secret, what it was told, sending it again."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.audit.models import Entry
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from kalevi.webhooks.models import Delivery, Endpoint
from kalevi.webhooks.sending import send_due
from kalevi.webhooks.telling import Happening, tell
from tests.webhooks.conftest import Receiver

pytestmark = pytest.mark.django_db
KIND = "import.finished"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(Colleague.objects.create_user("a@example.fi", name="A", role=Role.ADMINISTRATOR))
    return client


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_an_endpoint_from_its_making_to_its_end(administrator: Client, receiver: Receiver) -> None:
    form = {"name": "Shop", "url": receiver.url, "kinds": [KIND]}
    made = administrator.post("/settings/webhooks/", form)
    endpoint = Endpoint.objects.get()
    secret = re.search(r"whsec_[\w+/=]{44}", made.content.decode())
    assert secret
    assert secret[0] not in administrator.get(f"/settings/webhooks/{endpoint.pk}/").content.decode()
    again = administrator.post(f"/settings/webhooks/{endpoint.pk}/secret/").content.decode()
    assert secret[0] in again
    assert (
        secret[0] not in administrator.post(f"/settings/webhooks/{endpoint.pk}/new-secret/").content.decode()
    )
    administrator.post(f"/settings/webhooks/{endpoint.pk}/test/")
    assert send_due() == 1
    delivery = Delivery.objects.get()
    administrator.post(f"/settings/webhooks/told/{delivery.pk}/again/")
    assert send_due() == 1
    assert [headers["webhook-id"] for _path, headers, _body in receiver.got] == [delivery.event.key] * 2
    changed = form | {"with_words": "on", "is_on": "on"}
    administrator.post(f"/settings/webhooks/{endpoint.pk}/", changed)
    assert Endpoint.objects.get().with_words is True
    administrator.post(f"/settings/webhooks/{endpoint.pk}/remove/")
    assert Endpoint.objects.count() == 0
    actions = Entry.objects.filter(action__startswith="webhooks.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "webhooks.make",
        "webhooks.show_secret",
        "webhooks.show_secret",
        "webhooks.change_secret",
        "webhooks.test",
        "webhooks.send_again",
        "webhooks.change",
        "webhooks.remove",
    ]
    assert Entry.objects.get(action="webhooks.change").details["with_words"] is True


def test_an_address_without_encryption_is_refused(administrator: Client) -> None:
    answer = administrator.post(
        "/settings/webhooks/", {"name": "Shop", "url": "http://example.fi/", "kinds": [KIND]}
    )
    assert answer.status_code == 422
    assert Endpoint.objects.count() == 0


def test_pages_ask_the_same_for_one_and_for_three(administrator: Client, receiver: Receiver) -> None:
    counts = []
    for number in range(3):
        administrator.post(
            "/settings/webhooks/", {"name": f"S{number}", "url": receiver.url, "kinds": [KIND]}
        )
        tell(KIND, [Happening(f"import:{number}")])
        first = Endpoint.objects.earliest("pk")
        counts.append(
            (
                queries(administrator, "/settings/webhooks/"),
                queries(administrator, f"/settings/webhooks/{first.pk}/"),
            )
        )
    assert counts[0] == counts[2]


def test_a_long_list_goes_on(administrator: Client, receiver: Receiver) -> None:
    administrator.post("/settings/webhooks/", {"name": "S", "url": receiver.url, "kinds": [KIND]})
    endpoint = Endpoint.objects.get()
    tell(KIND, [Happening(f"import:{number}") for number in range(35)])
    first = administrator.get(f"/settings/webhooks/{endpoint.pk}/?state=waiting").content.decode()
    older = re.search(r'href="([^"]+before=\d+)"', first)
    assert older
    rest = administrator.get(older[1].replace("&amp;", "&")).content.decode()
    assert first.count("import:") + rest.count("import:") == 35
