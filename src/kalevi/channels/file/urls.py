"""Addresses of the channel."""

from django.urls import path

from kalevi.channels.file import views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/<int:import_id>/", views.one_import, name="import"),
    path("import/<int:import_id>/choose/", views.choose, name="import_choose"),
    path("import/<int:import_id>/discard/", views.discard, name="import_discard"),
    path("import/<int:import_id>/undo/", views.undo, name="import_undo"),
    path("import/<int:import_id>/go-on/", views.go_on, name="import_go_on"),
    path("import/<int:import_id>/rejects/", views.rejects, name="import_rejects"),
]
