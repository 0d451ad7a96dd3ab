"""A password may be any words but one's own name."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from kalevi.people.models import Colleague

TUULA = Colleague(email="tuula@kokkolanrauta.fi", name="Tuula Rautanen-Kokko")


@pytest.mark.parametrize("taken", ["Kokkolanrauta", "tuularautanenkokko", "tuula@kokkolanrauta.fi!"])
def test_ones_own_name_and_address_are_refused_in_plain_words(taken: str) -> None:
    with override("fi"), pytest.raises(ValidationError) as refused:
        validate_password(taken, TUULA)
    assert refused.value.messages == [
        "Salasana on liikaa nimesi tai sähköpostiosoitteesi kaltainen. Ota muita sanoja."
    ]


def test_words_of_another_kind_are_no_name_though_their_letters_are() -> None:
    validate_password("kolme sanaa riveittäin", TUULA)
