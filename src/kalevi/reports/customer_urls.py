"""Addresses of the customers' pages; what is done there posts to the rooms that own it."""

from django.urls import path

from kalevi.reports.views.customers import customer, customers, search

urlpatterns = [
    path("customers/", customers, name="customers"),
    path("customers/search/", search, name="customers_search"),
    path("customers/<int:number>/", customer, name="customer"),
]
