"""Formbricks: responses as CSV or XLSX, one column a question."""

from kalevi.channels.file.formats import Format

FORMAT = Format(
    key="formbricks",
    name="Formbricks",
    signatures=(
        frozenset({"no.", "response id", "timestamp", "survey id"}),
        frozenset({"response id", "timestamp", "finished", "survey id"}),
    ),
    columns={
        "no.": "ignore",
        "response id": "id",
        "timestamp": "date",
        "finished": "ignore",
        "survey id": "ignore",
        "formbricks id (internal)": "ignore",
        "user id": "person_id",
        "person id": "person_id",
        "notes": "ignore",
        "tags": "ignore",
        "language": "language",
        "source": "ignore",
        "url": "ignore",
        "action": "ignore",
        "country": "ignore",
        "browser": "ignore",
        "os": "ignore",
        "device": "ignore",
        "email": "email",
        "quotas": "ignore",
    },
    channel="survey",
    questions=True,
    person_kind="formbricks",
    utc=True,
)
