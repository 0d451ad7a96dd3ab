"""Links that people hold keep opening what they were given for, and nothing else."""

import pytest
from django.test import override_settings

from kalevi.cases import links as my_case
from kalevi.cases.link_models import CaseLink
from kalevi.channels.invitations import links as invited
from kalevi.channels.invitations.models import Invitation
from kalevi.promises import feed
from kalevi.promises.feed_models import CalendarLink
from kalevi.shell.seals import Seal


@override_settings(SECRET_KEY="known to this test")
def test_links_of_earlier_versions_stay_as_they_were_given() -> None:
    assert my_case.text_of(CaseLink(pk=41)) == "41-20d7f19eb1f4497162e531d8607c29"
    assert feed.text_of(CalendarLink(pk=41)) == "41-3f6c5410188da6dee6cfdb2fc84b95"
    assert invited.link_of(Invitation(pk=41)) == "41-df563849409792e74fd98ea64ea970"


def test_a_seal_opens_its_own_purpose_of_its_own_installation() -> None:
    ours = Seal(b"kalevi.one").text_of(7)
    assert Seal(b"kalevi.one").number_of(ours) == 7
    assert Seal(b"kalevi.two").number_of(ours) is None
    with override_settings(SECRET_KEY="of another installation"):
        assert Seal(b"kalevi.one").number_of(ours) is None


@pytest.mark.parametrize("text", ["", "7", "7-", "-", "x-y", "²-0", "7-å", "7-\udc80", "1" * 5_000 + "-0"])
def test_what_was_not_sealed_here_opens_nothing(text: str) -> None:
    assert Seal(b"kalevi.one").number_of(text) is None
