"""Whoever asked to be contacted becomes somebody's case, with the way to reach them beside the pen."""

import pytest
from django.test import Client

from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Case
from kalevi.cases.rule_models import Why
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.channels.survey.asked import a_form, a_survey, understood

pytestmark = pytest.mark.django_db


def test_who_asked_to_be_contacted_is_a_case_with_the_number_beside_the_pen(client: Client) -> None:
    tuula = Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE)
    survey = a_survey()
    asks = a_form(survey, words="Kiitos.", _reach="Aino@example.fi, +358 (0)40 123 4567")
    for form in (a_form(survey, words="Kiitos."), asks):
        client.post(f"/s/{survey.key}", form, content_type="application/x-www-form-urlencoded")
        understood()
    open_by_rules(ids=list(Interaction.objects.values_list("pk", flat=True)))
    case = Case.objects.get()
    assert (case.why, case.owner) == (Why.NEED, tuula)
    client.force_login(tuula)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert '<a href="tel:+358401234567">+358 (0)40 123 4567</a>' in page
    assert '<a href="mailto:aino@example.fi">aino@example.fi</a>' in page
