"""Which rooms answer when another room asks: menu, personal data, stored words, schedules."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalevi.audit.tasks import drop_anchor, extend_chain
from kalevi.channels.email import answering as email_answering
from kalevi.channels.email import holding as email_holding
from kalevi.channels.email import tasks as email_tasks
from kalevi.channels.email.delivering import some_mail_is_due
from kalevi.channels.email.inbound import mail_waits
from kalevi.channels.email.interpreting import interpret as interpret_email
from kalevi.channels.email.polling import some_mailbox_is_due
from kalevi.channels.email.receiving import SOURCE as EMAIL
from kalevi.channels.email.ways import ways_by_mail
from kalevi.channels.file import tasks as file_tasks
from kalevi.channels.file.interpreting import interpret as interpret_file
from kalevi.channels.file.undoing import erase_import
from kalevi.channels.survey import holding as survey_holding
from kalevi.channels.survey import interpreting as survey_interpreting
from kalevi.channels.survey import tasks as survey_tasks
from kalevi.channels.survey.raw import SOURCE as SURVEY
from kalevi.config import page_names
from kalevi.config.tasks import back_up_nightly
from kalevi.config.wiring_approaches import approaches_page, approaches_settings, wire_approaches
from kalevi.config.wiring_asking import asking_settings, wire_asking
from kalevi.config.wiring_cases import cases_page, cases_settings, wire_cases
from kalevi.config.wiring_promises import promises_page, promises_settings, wire_promises
from kalevi.config.wiring_systems import systems_settings, wire_other_systems
from kalevi.demo import happenings as demo
from kalevi.interactions import notes, ways
from kalevi.interactions.erasing import erase_interaction, when_words_are_erased
from kalevi.interactions.holding import HOLDING as INTERACTIONS
from kalevi.interactions.keeping import UnnamedWords, erase_unnamed, intake_of, last_encounters
from kalevi.interactions.tasks import look_through_older_words, read_unread, understand_waiting_notes
from kalevi.interactions.told import interpret_with, keep_beside
from kalevi.jobs import schedules, titles, watches
from kalevi.jobs.schedules import Schedule
from kalevi.jobs.tasks import sweep
from kalevi.jobs.watches import Watch
from kalevi.people import endings, holdings, keeping
from kalevi.people.holding import HOLDING as PEOPLE
from kalevi.people.tasks import empty_log, end_what_has_ended
from kalevi.reports import tasks as reports_tasks
from kalevi.reports.actions.emerging import forget_examples
from kalevi.shell import navigation
from kalevi.shell.navigation import Page
from kalevi.shell.roles import ADMINISTRATORS, EVERYBODY, LEADERS, STAFF


def wire() -> None:
    """Fill every registry. Called once, when all applications are loaded."""
    wire_promises()
    wire_cases()
    wire_approaches()
    _wire_jobs()
    _wire_email()
    wire_asking()
    wire_other_systems()
    holdings.register(INTERACTIONS)
    holdings.register(PEOPLE)
    holdings.register(survey_holding.HOLDING)
    when_words_are_erased(survey_holding.forget)
    when_words_are_erased(forget_examples)
    holdings.register_eraser("interaction", erase_interaction)
    holdings.register_eraser("import", erase_import)
    holdings.register_eraser("unnamed", erase_unnamed)
    holdings.register_ids("contact", "people_contact")
    holdings.register_ids("import", "channels_file_import")
    holdings.register_ids("interaction", "interactions_intake", intake_of)
    keeping.register("encounter", last_encounters)
    endings.register_unnamed(UnnamedWords())
    interpret_with("file", interpret_file)
    interpret_with(SURVEY, survey_interpreting.interpret)
    keep_beside(SURVEY, survey_interpreting.keep)
    interpret_with(notes.SOURCE, notes.interpret)
    interpret_with(demo.SOURCE, demo.interpret)
    navigation.offer(
        Page(_("Today"), "today", "today", EVERYBODY, "today"),
        cases_page(),
        promises_page(),
        Page(_("Interactions"), "interactions", "words", EVERYBODY, "interactions"),
        Page(pgettext_lazy("menu", "Note it"), "interactions_note", "edit", STAFF, "note"),
        Page(_("Customers"), "customers", "people", STAFF, "customers"),
        approaches_page(),
        Page(_("Surveys"), "surveys", "note", STAFF, "surveys"),
        Page(_("Import"), "imports", "load", LEADERS, "imports"),
        Page(_("Settings"), "settings", "settings", EVERYBODY, "settings"),
    )
    navigation.call(page_names.NAMES)
    navigation.offer_settings(
        Page(_("Your details"), "profile", "colleague", EVERYBODY, "settings", _("Name, language, password")),
        Page(
            _("Your own figures"),
            "own_figures",
            "good",
            STAFF,
            "settings",
            _("For your eyes only: answers, promises, thanks"),
        ),
        Page(
            _("People and roles"),
            "people_and_roles",
            "people",
            ADMINISTRATORS,
            "settings",
            _("Who may come in, and what they see"),
        ),
        Page(
            _("Who looked, and why"),
            "looks",
            "search",
            ADMINISTRATORS,
            "settings",
            _("The reasons administrators gave, and what they opened"),
        ),
        Page(
            _("Journey and touchpoints"),
            "journey_settings",
            "map",
            LEADERS,
            "settings",
            _("Where customers meet us, or hear of us"),
        ),
        Page(
            _("Your own themes"),
            "own_themes",
            "words",
            LEADERS,
            "settings",
            _("What you listen for besides the common themes"),
        ),
        *cases_settings(),
        *promises_settings(),
        *approaches_settings(),
        Page(
            _("Calendar"),
            "calendar_settings",
            "calendar",
            LEADERS,
            "settings",
            _("Opening hours and closed days"),
        ),
        Page(
            _("Privacy"),
            "privacy_settings",
            "lock",
            ADMINISTRATORS,
            "settings",
            _("How long words are kept, and what goes next"),
        ),
        Page(
            _("Kiosks"),
            "kiosks",
            "good",
            LEADERS,
            "settings",
            _("Screens that ask, and when they were last heard from"),
        ),
        Page(
            _("Questions on your own pages"),
            "widgets",
            "away",
            LEADERS,
            "settings",
            _("A line to copy, and the sites that may ask"),
        ),
        Page(_("Posters and QR codes"), "posters", "note", LEADERS, "settings", _("To print and hang up")),
        *asking_settings(),
        *systems_settings(),
        Page(_("Jobs"), "jobs", "jobs", LEADERS, "settings", _("What runs, waits and failed")),
        Page(
            _("Company"),
            "company_settings",
            "company",
            ADMINISTRATORS,
            "settings",
            _("Name, language, time zone"),
        ),
    )


def _wire_email() -> None:
    holdings.register(email_holding.HOLDING)
    holdings.register_eraser(email_tasks.KIND, email_holding.erase_machine_mail)
    when_words_are_erased(email_holding.forget)
    interpret_with(EMAIL, interpret_email)
    interpret_with(email_answering.SENT, email_answering.interpret)
    ways.offer(ways_by_mail)
    titles.call(email_tasks.read_mailboxes.module_path, _("Reading the mailboxes"))
    titles.call(email_tasks.understand_waiting.module_path, _("Understanding mails that wait"))
    titles.call(email_tasks.deliver.module_path, _("Sending mail"))
    titles.call(email_tasks.clean_up.module_path, _("Tidying old mail"))
    watches.register(
        Watch(email_tasks.read_mailboxes, some_mailbox_is_due),
        Watch(email_tasks.deliver, some_mail_is_due),
        Watch(email_tasks.understand_waiting, mail_waits),
    )
    schedules.register(
        Schedule("email.understand", email_tasks.understand_waiting, timedelta(minutes=10)),
        Schedule("email.clean_up", email_tasks.clean_up, timedelta(days=1), offset=timedelta(hours=4)),
    )
    navigation.offer_settings(
        Page(
            _("E-mail"),
            "email_settings",
            "import",
            ADMINISTRATORS,
            "settings",
            _("Mailboxes we read, and how we send"),
        ),
        Page(
            _("Mail that needs a look"),
            "mail_quarantine",
            "search",
            LEADERS,
            "settings",
            _("Mail that could not be read, and mail no person wrote"),
        ),
    )


def _wire_jobs() -> None:
    titles.call(extend_chain.module_path, _("Chaining the audit"))
    titles.call(drop_anchor.module_path, _("Writing down where the audit has come to"))
    titles.call(back_up_nightly.module_path, _("The nightly backup"))
    titles.call(empty_log.module_path, _("Clearing what was erased"))
    titles.call(end_what_has_ended.module_path, _("Erasing what has come to its end"))
    titles.call(sweep.module_path, _("Removing old jobs"))
    titles.call(file_tasks.run_import.module_path, _("Importing a file"))
    titles.call(file_tasks.undo_import.module_path, _("Taking an import back"))
    titles.call(file_tasks.understand_waiting.module_path, _("Understanding rows that wait"))
    titles.call(file_tasks.clean_up.module_path, _("Removing forgotten uploads"))
    titles.call(understand_waiting_notes.module_path, _("Understanding notes that wait"))
    titles.call(survey_tasks.understand_answers.module_path, _("Understanding answers"))
    titles.call(read_unread.module_path, _("Reading words that could not be read before"))
    titles.call(look_through_older_words.module_path, _("Looking through older words for your own themes"))
    titles.call(
        reports_tasks.look_for_emerging_themes.module_path, _("Looking for what customers newly speak of")
    )
    watches.register(Watch(survey_tasks.understand_answers, survey_tasks.answers_wait))
    schedules.register(
        Schedule("audit.chain", extend_chain, timedelta(minutes=5)),
        Schedule("audit.anchor", drop_anchor, timedelta(hours=1), offset=timedelta(minutes=2)),
        Schedule("file.understand", file_tasks.understand_waiting, timedelta(minutes=10)),
        Schedule("interactions.read_unread", read_unread, timedelta(minutes=10), offset=timedelta(minutes=5)),
        Schedule("interactions.own_themes", look_through_older_words, timedelta(hours=1)),
        Schedule("notes.understand", understand_waiting_notes, timedelta(minutes=10)),
        Schedule("file.clean_up", file_tasks.clean_up, timedelta(days=1), offset=timedelta(hours=3)),
        Schedule("config.backup", back_up_nightly, timedelta(days=1), offset=timedelta(hours=1)),
        Schedule("people.end", end_what_has_ended, timedelta(days=1), offset=timedelta(hours=4)),
        Schedule(
            "reports.emerging",
            reports_tasks.look_for_emerging_themes,
            timedelta(days=1),
            offset=timedelta(hours=3, minutes=30),
        ),
        Schedule("jobs.sweep", sweep, timedelta(days=1), offset=timedelta(hours=2)),
    )
