"""The cases of the demo's last days: opened, answered and ended as people would, and thanks brought home."""

from datetime import datetime, timedelta

from kalevi.cases.actions.carrying import answer_offer, offer
from kalevi.cases.actions.links import give_link, keep_thanks
from kalevi.cases.actions.nos import answer_no, ask_no
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.actions.praising import note_praise
from kalevi.cases.actions.steps import answer, note_answers, resolve
from kalevi.cases.actions.verdicts import keep_verdict
from kalevi.cases.models import LIVE, Case, Verdict
from kalevi.demo.plan import colleague_address
from kalevi.interactions.fresh import FRESH, HISTORY
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague

LAST_DAYS = timedelta(days=4)
# The first words of what customers said, and what became of it.
SURCHARGE, MISSING = "Laskutuslisä 5 e paperilaskusta", "Missing parts, and it took"
# What was handed on: the first words, to whom (the second where the first has it), how, and whether taken.
HANDED = (
    (
        "Osa tavarasta puuttui",
        ("kenneth", "reijo"),
        "Sinä ajoit tämän kuorman. Selvitätkö, mihin valkoiset kulmalistat jäivät?",
        True,
    ),
    (
        "Toimitatteko saareen?",
        ("elina", "kenneth"),
        "Painorajasta pitää sopia lauttayhtiön kanssa, ja sinä tunnet heidät. Ottaisitko tämän?",
        False,
    ),
)
NO = "Laskutuslisää emme voi poistaa, sillä se on paperin, kuoren ja postin hinta, ja kaikki maksavat saman."
INSTEAD = (
    "Sen voi kuitenkin välttää: saat laskun maksutta sähköpostiin, tai voit maksaa ostoksesi tiskillä."
    " Jos haluat, Tuula näyttää, miten se käy."
)
SORRY = (
    "You are right, eight days is far too long. The hinges stood on our own shelf all that time and nobody"
    " looked. I have checked your order part by part, and nothing is missing any more. I will ring you"
    " tomorrow before noon to hear that everything fits."
)


def open_cases(now: datetime) -> int:
    """Open the cases of the last days in the order things happened; return how many are there."""
    if Case.objects.exists():
        return 0
    oldest = earliest_id(now - LAST_DAYS)
    last_days = Interaction.objects.filter(pk__gte=oldest).order_by("pk")
    # What came through our own doors opens a case while it is fresh; the rest of the past is history.
    fresh = Interaction.objects.filter(pk__gte=earliest_id(now - FRESH))
    for said in fresh.exclude(source__in=HISTORY, pk__lt=oldest).order_by("pk"):
        if said.outbound:
            note_answers(ids=[said.pk])
        else:
            open_by_rules(ids=[said.pk], at=said.received_at)
    for case in Case.objects.filter(answered_at__lt=now - timedelta(days=1)).select_related("owner"):
        resolve(case_id=case.pk, colleague=case.owner)
        keep_verdict(case_id=case.pk, verdict=Verdict.SOLVED)
    for case in Case.objects.filter(state__in=LIVE, waits_since__lt=now - LAST_DAYS).select_related("owner"):
        resolve(case_id=case.pk, colleague=case.owner)
    _say_no_honestly()
    _put_it_right()
    _hand_over()
    note_praise(ids=list(last_days.values_list("pk", flat=True)))
    return Case.objects.count()


def _said(words: str) -> Case | None:
    said = Case.objects.filter(words__interaction__verbatim__startswith=words)
    return said.select_related("owner", "contact").first()


def _say_no_honestly() -> None:
    """One gets a no with its reason and what to do instead, which a second colleague has looked at."""
    if (case := _said(SURCHARGE)) is None:
        return
    second = Colleague.objects.get(email=colleague_address("minna"))
    if second == case.owner:
        second = Colleague.objects.get(email=colleague_address("elina"))
    asked = ask_no(case_id=case.pk, colleague=case.owner, asked=second, reason=NO, instead=INSTEAD)
    answer_no(asked_id=asked.pk, colleague=second, agree=True)


def _hand_over() -> None:
    """One is handed on to who knows more, and taken; another is offered, and waits for an answer."""
    for begins, takers, words, taken in HANDED:
        if (case := _said(begins)) is None or not case.live:
            continue
        some = [Colleague.objects.get(email=colleague_address(key)) for key in takers]
        taker = next(one for one in some if one != case.owner)
        made = offer(case_id=case.pk, giver=case.owner, taker=taker, words=words)
        if taken:
            answer_offer(handover_id=made.pk, taker=taker, accept=True)


def _put_it_right() -> None:
    """One is answered and ended, and the customer thanks on the page of their case."""
    if (case := _said(MISSING)) is None:
        return
    answer(case_id=case.pk, colleague=case.owner, token="demo:sorry", words=SORRY)  # noqa: S106  names an answer
    resolve(case_id=case.pk, colleague=case.owner)
    keep_thanks(link=give_link(case=case, language="en", actor_id=case.owner_id))
