"""An invitation leaves by the outbox of the channel email, once, with a way to ask for no more."""

import pytest

from kalevi.channels.email.models import Sending
from kalevi.channels.invitations import delivering
from kalevi.channels.invitations.actions import invite
from kalevi.channels.invitations.delivering import Letter, UndeliverableError
from kalevi.channels.invitations.models import Decision
from kalevi.config.letters import ByMail
from kalevi.people.models import Colleague
from tests.channels.email.made import outgoing
from tests.channels.invitations.test_inviting import customer, nps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_mail() -> None:
    delivering.deliver_with(ByMail())


def letter(**change: object) -> Letter:
    values = {
        "to": "aino@example.fi",
        "subject": "Miten meni?",
        "text": "Hei",
        "html": "<p>Hei</p>",
        "language": "fi",
        "contact_id": None,
        "key": "invitation:1",
        "unsubscribe": "https://kalevi.example.fi/i/1-a/",
    } | change
    return Letter(**values)  # type: ignore[arg-type]


def test_the_same_letter_leaves_once() -> None:
    outgoing()
    for _time in range(2):
        ByMail().carry(letter())
    one = Sending.objects.get()
    assert (one.purpose, one.to, one.key, one.unsubscribe) == (
        "invitation",
        "aino@example.fi",
        "invitation:1",
        "https://kalevi.example.fi/i/1-a/",
    )
    ByMail().carry(letter(key="invitation:2", unsubscribe="http://127.0.0.1:8000/i/1-a/"))
    assert Sending.objects.get(key="invitation:2").unsubscribe == ""


def test_what_cannot_be_sent_says_why() -> None:
    with pytest.raises(UndeliverableError, match="no_server"):
        ByMail().carry(letter())
    outgoing()
    with pytest.raises(UndeliverableError, match="no_address"):
        ByMail().carry(letter(to="ei osoite"))


def test_somebody_with_a_broken_address_is_not_asked_and_the_reason_stays() -> None:
    outgoing()
    liisa = Colleague.objects.create_user("liisa@example.fi", name="Liisa")
    aino = customer(liisa, email="aino@@example")
    decision = invite(contact=aino, survey=nps(liisa), actor=liisa)
    assert (decision.reason, decision.invitation, Decision.objects.count()) == ("no_address", None, 1)
    bertta = customer(liisa, "Bertta")
    assert invite(contact=bertta, survey=nps(liisa), actor=liisa).reason == ""
    assert Sending.objects.get().contact == bertta
