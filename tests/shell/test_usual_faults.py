"""Bad input is answered with what to do, in the words of the house."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override


def fault(field: forms.Field, given: Any) -> str:
    """Return what a field says of what it is given."""
    with pytest.raises(ValidationError) as told:
        field.clean(given)
    return str(told.value.messages[0])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fi",
            [
                "Tämä puuttuu vielä.",
                "Tämä ei ole sähköpostiosoite. Kirjoita se näin: nimi@example.fi.",
                "Kirjoita päivä näin: 24.12.2026.",
                "Luku saa olla enintään 3.",
                "Tässä saa olla enintään 1 merkki, nyt niitä on 2.",
                "Tässä saa olla enintään 2 merkkiä, nyt niitä on 3.",
                "Valitse jokin tarjolla olevista vaihtoehdoista.",
            ],
        ),
        (
            "sv",
            [
                "Det här saknas ännu.",
                "Det här är ingen e-postadress. Skriv den så här: namn@example.fi.",
                "Skriv dagen så här: 2026-12-24.",
                "Talet får vara högst 3.",
                "Här får det vara högst 1 tecken, nu är de 2.",
                "Här får det vara högst 2 tecken, nu är de 3.",
                "Välj något av alternativen.",
            ],
        ),
    ],
)
def test_a_field_says_what_to_do(language: str, expected: list[str]) -> None:
    with override(language):
        assert [
            fault(forms.CharField(), ""),
            fault(forms.EmailField(), "aino"),
            fault(forms.DateField(), "jouluna"),
            fault(forms.IntegerField(max_value=3), "4"),
            fault(forms.CharField(max_length=1), "no"),
            fault(forms.CharField(max_length=2), "nyt"),
            str(forms.ModelChoiceField.default_error_messages["invalid_choice"]),
        ] == expected
        # What is shown as an example is taken.
        forms.DateField().clean(expected[2].split(": ")[1].rstrip("."))


def test_signing_in_says_what_to_do() -> None:
    with override("fi"):
        told = str(get_adapter().error_messages["email_password_mismatch"])
    assert told == "Osoite tai salasana ei täsmää. Tarkista molemmat ja yritä uudelleen."
