"""Trustpilot: reviews collected with 22 columns, the reviewer's and the company's reply among them."""

from dataclasses import replace

from kalevi.channels.file.formats import trustpilot

FORMAT = replace(
    trustpilot.FORMAT,
    key="trustpilot_reviews",
    signatures=(
        frozenset({"review id", "review text", "review time", "consumer id"}),
        frozenset({"review id", "review text", "review time", "consumer name", "experience time"}),
    ),
    columns={
        "review id": "id",
        "review title": "title",
        "review text": "text",
        "rating": "rating",
        "review rating": "rating",
        "review time": "date",
        "language": "language",
        "review language": "language",
        "reply text": "reply",
        "company reply": "reply",
        "consumer id": "person_id",
        "consumer name": "name",
    },
)
