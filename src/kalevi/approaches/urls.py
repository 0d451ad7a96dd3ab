"""Addresses of the room `approaches`."""

from django.urls import path

from kalevi.approaches.views.lists import approaches
from kalevi.approaches.views.one import approach, do_approach, keep_peace, meet, put_aside, take_approach
from kalevi.approaches.views.settings import approach_settings, let_go_on
from kalevi.approaches.views.telling import (
    add_ability,
    add_news,
    approach_news,
    end_told_ability,
    end_told_news,
)

urlpatterns = [
    path("approaches/", approaches, name="approaches"),
    path("approaches/news/", approach_news, name="approach_news"),
    path("approaches/news/add/", add_news, name="approach_add_news"),
    path("approaches/news/<int:news_id>/end/", end_told_news, name="approach_end_news"),
    path("approaches/able/add/", add_ability, name="approach_add_ability"),
    path("approaches/able/<int:ability_id>/end/", end_told_ability, name="approach_end_ability"),
    path("approaches/<int:approach_id>/", approach, name="approach"),
    path("approaches/<int:approach_id>/take/", take_approach, name="approach_take"),
    path("approaches/<int:approach_id>/aside/", put_aside, name="approach_aside"),
    path("approaches/<int:approach_id>/do/", do_approach, name="approach_do"),
    path("approaches/<int:approach_id>/met/", meet, name="approach_met"),
    path("approaches/<int:approach_id>/peace/", keep_peace, name="approach_peace"),
    path("settings/approaches/", approach_settings, name="approach_settings"),
    path("settings/approaches/<slug:why>/on/", let_go_on, name="approach_go_on"),
]
