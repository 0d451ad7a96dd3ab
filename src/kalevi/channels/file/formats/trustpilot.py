"""Trustpilot: service reviews as Trustpilot Business exports them."""

from kalevi.channels.file.formats import Format

FORMAT = Format(
    key="trustpilot",
    name="Trustpilot",
    signatures=(
        frozenset({"review id", "review content"}),
        frozenset({"review created (utc)", "review stars"}),
        frozenset({"review content", "review stars"}),
    ),
    columns={
        "review id": "id",
        "review created (utc)": "date",
        "review date": "date",
        "review title": "title",
        "review content": "text",
        "review stars": "rating",
        "review rating": "rating",
        "review username": "name",
        "review consumer user id": "person_id",
        "review user email": "email",
        "user email": "email",
        "email": "email",
        "review language": "language",
        "company reply": "reply",
        "business reply": "reply",
        "company reply date (utc)": "reply_date",
        "business reply date (utc)": "reply_date",
        "location name": "touchpoint",
    },
    channel="review",
    scale=("stars", 1.0, 5.0),
    person_kind="trustpilot",
    utc=True,
)
