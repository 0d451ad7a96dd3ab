"""Who of the demo's colleagues is here when, knows what and takes care of what; how answers begin."""

from datetime import datetime, time, timedelta

from kalevi.cases.actions.rules import store_duties
from kalevi.cases.actions.shifts import be_away, store_skill, store_week
from kalevi.cases.actions.snippets import keep_snippet
from kalevi.cases.shift_models import Shift
from kalevi.demo.clock import ZONE
from kalevi.demo.habits import TELLERS
from kalevi.demo.plan import colleague_address
from kalevi.demo.written import written_snippets
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague

_OFFICE, _EARLY, _SHOP, _SATURDAY = (
    (time(8), time(16)),
    (time(6, 30), time(14, 30)),
    (time(9, 30), time(18)),
    (time(9), time(15)),
)
# Colleague -> hours from Monday to Friday, on Saturday or not, and the languages they answer in.
WEEKS = {
    "elina": (_OFFICE, False, ("fi", "sv", "en")),
    "minna": (_OFFICE, False, ("fi", "en")),
    "camilla": (_OFFICE, False, ("sv", "fi", "en")),
    "tuula": (_SHOP, True, ("fi", "sv")),
    "reijo": (_EARLY, True, ("fi",)),
    "kenneth": (_EARLY, False, ("sv", "fi")),
    "kalevi": (_SHOP, True, ("fi",)),
}
# What has to be known, which themes, reasons and places ask for it, and who knows it.
SKILLS = (
    ("Laskut ja maksut", ("billing", "price"), (), ("invoice", "checkout"), ("elina", "camilla")),
    ("Luvat ja tontit", (), (), ("permit_help", "plot_visit", "plot_work"), ("minna", "elina")),
    ("Kuljetukset saaristoon", ("delivery",), (), ("delivery",), ("kenneth", "reijo")),
    ("Koneet ja puutavara", (), (), ("tool_rental", "yard"), ("reijo", "tuula")),
    ("Kun joku on lähdössä", ("contract_cancellation",), ("leaving",), ("ending",), ("minna", "camilla")),
    ("Lakiasiat ja tietopyynnöt", (), ("legal",), (), ("elina",)),
)


def settle_in(now: datetime) -> int:
    """Store shifts, days away, duties, skills and beginnings of answers; return how many have shifts."""
    if Shift.objects.exists():
        return 0
    known = {one.email: one for one in Colleague.objects.all()}
    people = {key: known[colleague_address(key)] for key in WEEKS}
    places = dict(Touchpoint.objects.values_list("key", "pk"))
    leader = people["elina"].pk
    for key, (hours, saturday, languages) in WEEKS.items():
        week = dict.fromkeys(range(5), hours) | ({5: _SATURDAY} if saturday else {})
        store_week(colleague=people[key], hours=week, languages=languages, actor_id=leader)
    today = now.astimezone(ZONE).date()
    be_away(
        colleague=people["reijo"],
        begins_on=today + timedelta(days=9),
        ends_on=today + timedelta(days=16),
        actor_id=leader,
    )
    cared_for = {place: key for place, key in TELLERS.items() if place in places}
    duties = {(people[key].pk, places[place]) for place, key in cared_for.items()}
    duties |= {(people["tuula"].pk, places[place]) for place in ("store_counter", "phone", "checkout")}
    store_duties(pairs=duties, actor_id=leader)
    for name, themes, whys, at, holders in SKILLS:
        store_skill(
            skill=None,
            name=name,
            themes=themes,
            whys=whys,
            touchpoints=[places[place] for place in at],
            holders=[people[key].pk for key in holders],
            actor_id=leader,
        )
    for told in written_snippets():
        keep_snippet(name=told["name"], language=told["language"], words=told["words"], actor_id=leader)
    return len(people)
