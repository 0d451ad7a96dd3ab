"""LimeSurvey: responses with question codes, full questions or both as column names."""

from kalevi.channels.file.formats import Format

_NAMES = {
    "id": (
        "id",
        "response id",
        "id. response id",
        "vastaus-id",
        "vastauksen tunnus",
        "vastauksen id",
        "svars-id",
    ),
    "date": (
        "submitdate",
        "date submitted",
        "submitdate. date submitted",
        "lähetyspäivä",
        "lähetyspäivämäärä",
        "päiväys lähetetty",
        "inlämningsdatum",
        "datum skickat",
    ),
    "language": (
        "startlanguage",
        "start language",
        "startlanguage. start language",
        "aloituskieli",
        "startspråk",
    ),
    "ignore": (
        "lastpage",
        "last page",
        "lastpage. last page",
        "viimeinen sivu",
        "sista sidan",
        "seed",
        "seed. seed",
        "token",
        "access code",
        "tunniste",
        "behörighetskod",
        "startdate",
        "date started",
        "startdate. date started",
        "aloituspäivä",
        "päiväys tallennettu",
        "startdatum",
        "datestamp",
        "date last action",
        "datestamp. date last action",
        "päivämäärän viimeinen toiminta",
        "datumstämpel",
        "ipaddr",
        "ip address",
        "ipaddr. ip address",
        "ip-osoite",
        "ip-adress",
        "refurl",
        "referrer url",
        "refurl. referrer url",
        "opastus-url",
        "hänvisande url",
    ),
}

FORMAT = Format(
    key="limesurvey",
    name="LimeSurvey",
    # What is not translated stands in English among the rest. A bare "id" is many systems'.
    signatures=tuple(
        frozenset({number, date})
        for number in _NAMES["id"]
        for date in _NAMES["date"]
        if number != "id" or date == "submitdate"
    ),
    columns={name: role for role, names in _NAMES.items() for name in names},
    channel="survey",
    questions=True,
    numbered=False,
    # What LimeSurvey writes for surveys without date stamps.
    absent=("1980-01-01 00:00:00", "1980-01-01"),
)
