"""What a token may do, each scope with what people call it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, str | Promise] = {
    "interactions:write": _("send customers’ words, scores and feelings"),
    "interactions:read": _("read customers’ words and their readings"),
    "contacts:write": _("add and change customers"),
    "contacts:read": _("read customers’ details"),
    "contacts:export": _("fetch everything that is known of a customer"),
    "contacts:erase": _("erase a customer for good"),
    "accounts:write": _("add and change organisations"),
    "accounts:read": _("read organisations"),
    "orders:write": _("tell of orders and deliveries"),
    "orders:read": _("read orders and deliveries"),
    "promises:read": _("read promises to customers"),
    "surveys:read": _("read surveys"),
    "surveys:write": _("send answers to surveys"),
}
USUAL = ("interactions:write",)
