"""No table with personal data is missing from what can be exported, erased and merged."""

from django.apps import apps

from kalevi.people.holdings import holdings

# Tables that hold nothing of a customer, each with the reason.
WITHOUT_PERSONAL_DATA = {
    "approaches.Ability": "what we have or can, in our own words",
    "approaches.Limits": "how many we walk up to, and how seldom",
    "approaches.News": "good news of an organisation, in our own words",
    "approaches.Rule": "for which reasons we walk up to people",
    "cases.AlertChoice": "how a colleague wishes to be told",
    "cases.Alerted": "that a colleague was told; ids only",
    "cases.Away": "when a colleague is not here",
    "cases.Duty": "which colleague takes care of what",
    "cases.Shift": "when a colleague is here",
    "cases.Skill": "what colleagues know, in our own words",
    "cases.Speaks": "a colleague's languages",
    "cases.OpeningRule": "when words open a case",
    "cases.Face": "a colleague's own picture",
    "cases.Snippet": "our own words, for anybody",
    "cases.TeamRoom": "a channel of the company",
    "cases.TeamTelling": "that a channel of the company is told; ids only",
    "channels_api.AccountId": "by which id a source knows an organisation",
    "channels_api.Reply": "ids and states only, for a month",
    "channels_api.Token": "another system's key",
    "webhooks.Endpoint": "another system's address",
    "interactions.OwnTheme": "what the company listens for, in its own words",
    "interactions.OwnThemeState": "a stamp that changes with them",
    "interactions.SearchState": "by which rules search keys were made",
    "audit.Entry": "ids and keys only; outlives the people it speaks of",
    "channels_email.Mailbox": "a mailbox of the company, how it is reached",
    "channels_email.Inbound": "the address to which a provider brings mail",
    "channels_email.Outgoing": "the server by which the company sends",
    "channels_file.Import": "counts, column names and states of one import; its rows are the intake's",
    "channels_kiosk.Kiosk": "a screen of ours",
    "channels_invitations.Occasion": "when we ask by ourselves",
    "channels_invitations.Rules": "how seldom we ask",
    "channels_survey.Survey": "our own questions",
    "channels_survey.SurveyVersion": "our own questions",
    "channels_widget.Site": "a site of the company",
    "jobs.Job": "ids and keys only",
    "journeys.JourneyStage": "our own words",
    "journeys.Touchpoint": "our own words",
    "people.Account": "an organisation; its people are contacts",
    "people.Colleague": "a colleague, who is no customer; an administrator changes and ends it",
    "people.Erasure": "ids and reasons; must outlive what it erased",
    "people.Invitation": "a colleague's",
    "people.Keeping": "how many months something is kept",
    "promises.BrandPromise": "our own words to everybody",
    "promises.CalendarLink": "a colleague's own link",
    "reports.EmergingTheme": "phrases of several texts, and ids that go with their words",
    "shell.Company": "our own company",
}


def test_every_model_is_held_or_has_a_reason_not_to_be() -> None:
    held = {name for holding in holdings() for name in holding.models}
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("kalevi.") and not model._meta.auto_created
    }
    assert sorted(held | WITHOUT_PERSONAL_DATA.keys()) == sorted(ours)
    assert sorted(held & WITHOUT_PERSONAL_DATA.keys()) == []


def test_every_reference_to_a_contact_is_held() -> None:
    held = {name for holding in holdings() for name in holding.models}
    contact = apps.get_model("people", "Contact")
    referring = {relation.related_model._meta.label for relation in contact._meta.related_objects}
    assert sorted(referring - held) == []
