"""Addresses of the channel."""

from django.urls import path

from kalevi.channels.email.views import inbound, looking, mails, settings

urlpatterns = [
    path("settings/email/", settings.email_settings, name="email_settings"),
    path("settings/email/mailboxes/add/", settings.mailbox_add, name="mailbox_add"),
    path("settings/email/mailboxes/<int:mailbox_id>/", settings.mailbox_change, name="mailbox_change"),
    path("settings/email/mailboxes/<int:mailbox_id>/remove/", settings.mailbox_remove, name="mailbox_remove"),
    path("settings/email/outgoing/", settings.outgoing_settings, name="outgoing_settings"),
    path("settings/email/inbound/", inbound.settings, name="inbound_settings"),
    path("mail/in/<str:key>", inbound.bring, name="mail_inbound"),
    path("settings/email/look/", looking.quarantine, name="mail_quarantine"),
    path("settings/email/look/<int:intake_id>/", looking.mail_row, name="mail_row"),
    path("settings/email/look/<int:intake_id>/download/", looking.mail_download, name="mail_download"),
    path("settings/email/look/<int:intake_id>/again/", looking.mail_again, name="mail_again"),
    path("settings/email/sent/", looking.sent, name="mail_sent"),
    path("interactions/<interaction:number>/mail/", mails.interaction_mail, name="interaction_mail"),
    path(
        "interactions/<interaction:number>/mail/answer/",
        mails.interaction_mail_answer,
        name="interaction_mail_answer",
    ),
    path("attachments/<int:attachment_id>/", mails.attachment, name="mail_attachment"),
]
