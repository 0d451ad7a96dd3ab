"""Google Forms: responses as CSV or a sheet; the first column is when the answer came, rows have no id."""

from kalevi.channels.file.formats import Format

TIMESTAMPS = frozenset({"timestamp", "aikaleima", "tidstämpel", "tidsstämpel"})

FORMAT = Format(
    key="google_forms",
    name="Google Forms",
    signatures=(),
    first_column=TIMESTAMPS,
    columns={
        **dict.fromkeys(TIMESTAMPS, "date"),
        "email address": "email",
        "username": "email",
        "sähköpostiosoite": "email",
        "käyttäjänimi": "email",
        "e-postadress": "email",
        "användarnamn": "email",
        "score": "ignore",
        "pisteet": "ignore",
        "poäng": "ignore",
    },
    channel="survey",
    questions=True,
    numbered=False,
)
