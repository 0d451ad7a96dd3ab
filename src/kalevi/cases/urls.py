"""Addresses of the room `cases`."""

from django.urls import path

from kalevi.cases.public.views import my_case
from kalevi.cases.views.alerts import alert_settings, alerts_since, end_room, team_rooms
from kalevi.cases.views.files import case_file, face
from kalevi.cases.views.lists import cases
from kalevi.cases.views.nos import answer_no, say_no
from kalevi.cases.views.one import (
    act,
    answer,
    answer_offer,
    case,
    case_of,
    coach,
    link,
    merge,
    offer,
    open_case,
    step,
)
from kalevi.cases.views.praise import praise
from kalevi.cases.views.settings import case_settings
from kalevi.cases.views.shifts import end_away, one_skill, remove_skill, shifts, shifts_of, skills
from kalevi.cases.views.snippets import end_snippet, snippet, snippets
from kalevi.cases.views.times import customer_times, own_times

urlpatterns = [
    path("cases/", cases, name="cases"),
    path("cases/<int:case_id>/", case, name="case"),
    path("cases/<int:case_id>/answer/", answer, name="case_answer"),
    path("cases/<int:case_id>/step/", step, name="case_step"),
    path("cases/<int:case_id>/offer/", offer, name="case_offer"),
    path("cases/<int:case_id>/coach/", coach, name="case_coach"),
    path("cases/<int:case_id>/into/<int:into_id>/", merge, name="case_merge"),
    path("cases/<int:case_id>/link/", link, name="case_link"),
    path("cases/<int:case_id>/no/", say_no, name="case_say_no"),
    path("cases/no/<int:asked_id>/", answer_no, name="case_answer_no"),
    path("cases/<int:case_id>/<slug:what>/", act, name="case_act"),
    path("cases/offer/<int:handover_id>/", answer_offer, name="case_answer_offer"),
    path("cases/thanks/<int:praise_id>/", praise, name="praise"),
    path("my/<slug:text>/", my_case, name="my_case"),
    path("cases/alerts/", alerts_since, name="alerts_since"),
    path("settings/alerts/", alert_settings, name="alert_settings"),
    path("settings/rooms/", team_rooms, name="team_rooms"),
    path("settings/rooms/<int:room_id>/end/", end_room, name="end_room"),
    path("cases/files/<int:file_id>/", case_file, name="case_file"),
    path("settings/picture/", face, name="face"),
    path("settings/snippets/", snippets, name="snippets"),
    path("settings/snippets/<int:snippet_id>/", snippet, name="snippet"),
    path("settings/snippets/<int:snippet_id>/end/", end_snippet, name="end_snippet"),
    path("settings/cases/", case_settings, name="case_settings"),
    path("settings/times/", own_times, name="own_times"),
    path("settings/times/<int:contact_id>/", customer_times, name="customer_times"),
    path("settings/shifts/", shifts, name="shifts"),
    path("settings/shifts/<int:colleague_id>/", shifts_of, name="shifts_of"),
    path("settings/shifts/away/<int:away_id>/end/", end_away, name="end_away"),
    path("settings/skills/", skills, name="skills"),
    path("settings/skills/<int:skill_id>/", one_skill, name="one_skill"),
    path("settings/skills/<int:skill_id>/end/", remove_skill, name="remove_skill"),
    path("cases/of/<interaction:number>/", case_of, name="case_of"),
    path("cases/open/<interaction:number>/", open_case, name="case_open"),
]
