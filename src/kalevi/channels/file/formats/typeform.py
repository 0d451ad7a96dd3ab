"""Typeform: results as CSV or XLSX, one column a question; `#` is the token of the response."""

from kalevi.channels.file.formats import Format

FORMAT = Format(
    key="typeform",
    name="Typeform",
    signatures=(
        frozenset({"#", "submit date (utc)", "network id"}),
        frozenset({"#", "start date (utc)", "submit date (utc)"}),
    ),
    columns={
        "#": "id",
        "submit date (utc)": "date",
        "start date (utc)": "ignore",
        "stage date (utc)": "ignore",
        "response type": "ignore",
        "network id": "ignore",
        "tags": "ignore",
        "ending": "ignore",
        "score": "ignore",
    },
    channel="survey",
    questions=True,
    utc=True,
)
