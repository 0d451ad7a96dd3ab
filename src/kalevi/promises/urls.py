"""Addresses of the room `promises`."""

from django.urls import path

from kalevi.promises.views.ledger import answer_proposal, figures, promises, write_down
from kalevi.promises.views.one import act, keep, new_time, promise, put_under
from kalevi.promises.views.settings import (
    brand_promise,
    brand_promises,
    end_brand,
    promise_calendar,
    promise_feed,
)

urlpatterns = [
    path("promises/", promises, name="promises"),
    path("promises/new/", write_down, name="write_promise_down"),
    path("promises/figures/", figures, name="promise_figures"),
    path("promises/calendar/<slug:text>.ics", promise_feed, name="promise_feed"),
    path("promises/perhaps/<int:proposal_id>/", answer_proposal, name="answer_proposal"),
    path("promises/<int:promise_id>/", promise, name="promise"),
    path("promises/<int:promise_id>/kept/", keep, name="keep_promise"),
    path("promises/<int:promise_id>/time/", new_time, name="promise_new_time"),
    path("promises/<int:promise_id>/under/", put_under, name="put_promise_under"),
    path("promises/<int:promise_id>/<slug:what>/", act, name="promise_act"),
    path("settings/promises/", brand_promises, name="brand_promises"),
    path("settings/promises/new/", brand_promise, name="add_brand_promise"),
    path("settings/promises/<int:brand_id>/", brand_promise, name="brand_promise"),
    path("settings/promises/<int:brand_id>/end/", end_brand, name="end_brand_promise"),
    path("settings/promise-calendar/", promise_calendar, name="promise_calendar"),
]
