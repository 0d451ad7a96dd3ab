"""Addresses of the room `interactions`: ids and keys only, never words."""

from django.urls import path, register_converter

from kalevi.interactions.views.notes import answered, kept_note, note, take_back
from kalevi.interactions.views.own_themes import (
    own_theme,
    own_theme_in_use,
    own_theme_preview,
    own_themes,
)
from kalevi.interactions.views.readings import agree, confirm, own_reading, reading
from kalevi.interactions.views.stream import interactions, newer, search


class InteractionId:
    """An id; what happened before 1970 has a negative one."""

    regex = "-?[0-9]{1,18}|-?[0-8][0-9]{18}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the digits."""
        return str(value)


register_converter(InteractionId, "interaction")

urlpatterns = [
    path("interactions/", interactions, name="interactions"),
    path("interactions/search/", search, name="interactions_search"),
    path("interactions/newer/", newer, name="interactions_newer"),
    path("interactions/note/", note, name="interactions_note"),
    path("interactions/note/<interaction:number>/", kept_note, name="interactions_kept_note"),
    path("interactions/note/<interaction:number>/back/", take_back, name="interactions_note_back"),
    path("settings/themes/", own_themes, name="own_themes"),
    path("settings/themes/preview/", own_theme_preview, name="own_theme_preview"),
    path("settings/themes/<int:number>/", own_theme, name="own_theme"),
    path("settings/themes/<int:number>/use/", own_theme_in_use, name="own_theme_in_use"),
    path("interactions/<interaction:number>/answered/", answered, name="interaction_answered"),
    path("interactions/<interaction:number>/reading/", reading, name="interaction_reading"),
    path("interactions/<interaction:number>/own/", own_reading, name="interaction_own"),
    path("interactions/<interaction:number>/agree/", agree, name="interaction_agree"),
    path("interactions/<interaction:number>/confirm/<int:reading_id>/", confirm, name="interaction_confirm"),
]
