"""Addresses to which a customer's page posts."""

from django.urls import path

from kalevi.people.views import contacts

urlpatterns = [
    path("customers/<int:number>/details/", contacts.change_details, name="customer_details"),
    path("customers/<int:number>/stage/", contacts.change_stage, name="customer_stage"),
    path("customers/<int:number>/peace/", contacts.in_peace, name="customer_peace"),
    path("customers/<int:number>/aims/", contacts.add_aim, name="customer_aims"),
    path("customers/<int:number>/consent/", contacts.give_consent, name="customer_consent"),
    path("customers/<int:number>/consent/end/", contacts.withdraw_consent, name="customer_consent_end"),
    path("customers/<int:number>/merge/", contacts.merge, name="customer_merge"),
    path("customers/<int:number>/merge/<int:merge_id>/undo/", contacts.unmerge, name="customer_unmerge"),
    path("customers/<int:number>/export/", contacts.export, name="customer_export"),
    path("customers/<int:number>/erase/", contacts.erase, name="customer_erase"),
]
