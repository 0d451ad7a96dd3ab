"""Addresses of the channel: short ones for screens, the rest under the settings."""

from django.urls import path

from kalevi.channels.kiosk.views import posters, public, settings

urlpatterns = [
    path("k/worker.js", public.worker, name="kiosk_worker"),
    path("k/<str:key>/", public.screen, name="kiosk"),
    path("k/<str:key>/here/", public.here, name="kiosk_here"),
    path("k/<str:key>/app.webmanifest", public.app, name="kiosk_app"),
    path("settings/kiosks/", settings.kiosks, name="kiosks"),
    path("settings/kiosks/<int:number>/", settings.kiosk, name="kiosk_device"),
    path("settings/kiosks/<int:number>/retire/", settings.retire, name="kiosk_retire"),
    path("settings/posters/", posters.posters, name="posters"),
    path("settings/posters/<slug:kind>/<int:number>/", posters.poster, name="poster"),
    path("settings/posters/<slug:kind>/<int:number>/<slug:ending>/", posters.poster_file, name="poster_file"),
]
