"""The board reads figures and stories: no page that it may open shows a name, an address or a number."""

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions.opening import open_by_hand
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.pages.test_permissions import matrix
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
# Each is planted where a page could show it: contact, words, an expectation, our answer, who carries it.
PLANTED = ("Salminkoski", "pirkko.salminkoski@", "045 123 4567", "Ketomäki", "tuula.ketomaki@")


def planted() -> None:
    tuula = Colleague.objects.create_user("tuula.ketomaki@shop.example", name="Tuula Ketomäki")
    contact = Contact.objects.create(
        name="Pirkko Salminkoski",
        email="pirkko.salminkoski@example.fi",
        phone="045 123 4567",
        created_at=NOW,
    )
    words = (
        "Minä olen Pirkko Salminkoski, numeroni on 045 123 4567 ja osoitteeni pirkko.salminkoski@example.fi. "
        "Paketti on hukassa, eikä kukaan vastaa minulle."
    )
    said = say(words, body=PROBLEM, contact=contact, expectation="Luulin, että Salminkoski saa pakettinsa.")
    say("Soittakaa: 045 123 4567", contact=contact, feelings=("Salminkoskea harmittaa",))
    say(
        "Hei Pirkko Salminkoski, soitan numeroon 045 123 4567. Tuula Ketomäki",
        outbound=True,
        answers=said,
        contact=contact,
        told_by_colleague_id=tuula.pk,
    )
    later = say("Kiitos, Salminkoski kiittää! 045 123 4567", body=PROBLEM, contact=contact)
    open_by_hand(interaction=later, colleague=tuula)


def test_no_page_of_the_board_shows_who_somebody_is(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        planted()
        client.force_login(Colleague.objects.create_user("b@example.fi", name="Berit", role=Role.BOARD))
        number = client.get("/interactions/").context["cards"][0].interaction.pk
        opened, shown = 0, []
        for path, row in matrix().items():
            if row.who == "anybody" or "b" not in row.who or "GET" not in row.methods:
                continue
            for there in {path, path.replace("/1/", f"/{number}/")}:
                answer = client.get(there)
                opened += answer.status_code == 200
                page = answer.content.decode()
                shown += [(there, word) for word in PLANTED if word in page]
    assert shown == []
    assert opened >= 7
