"""Addresses of the webhooks' pages."""

from django.urls import path

from kalevi.webhooks import views

urlpatterns = [
    path("settings/webhooks/", views.webhooks, name="webhooks"),
    path("settings/webhooks/<int:endpoint_id>/", views.webhook, name="webhook"),
    path("settings/webhooks/<int:endpoint_id>/secret/", views.secret, name="webhook_secret"),
    path("settings/webhooks/<int:endpoint_id>/new-secret/", views.new_secret, name="webhook_new_secret"),
    path("settings/webhooks/<int:endpoint_id>/test/", views.test, name="webhook_test"),
    path("settings/webhooks/<int:endpoint_id>/use-again/", views.use_again, name="webhook_use_again"),
    path("settings/webhooks/<int:endpoint_id>/remove/", views.remove, name="webhook_remove"),
    path("settings/webhooks/told/<int:delivery_id>/again/", views.send_again, name="webhook_again"),
]
