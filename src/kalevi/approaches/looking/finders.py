"""Which function looks for people by which rule."""

from kalevi.approaches.looking.abilities import who_wished
from kalevi.approaches.looking.behaviour import changed
from kalevi.approaches.looking.candidate import Finder
from kalevi.approaches.looking.newcomers import after_the_visit, before_the_visit
from kalevi.approaches.looking.news import to_congratulate
from kalevi.approaches.looking.orders import late_orders
from kalevi.approaches.looking.problems import silent_after_a_problem
from kalevi.approaches.rule_models import Why

FINDERS: dict[Why, Finder] = {
    Why.LATE_ORDER: late_orders,
    Why.SILENCE: silent_after_a_problem,
    Why.FIRST_VISIT: after_the_visit,
    Why.GOOD_NEWS: to_congratulate,
    Why.CAN_NOW: who_wished,
    Why.FIRST_VISIT_AHEAD: before_the_visit,
    Why.CHANGED: changed,
}
