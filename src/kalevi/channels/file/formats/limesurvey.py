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
        "startdate",
        "date started",
        "startdate. date started",
        "aloituspäivä",
        "startdatum",
        "datestamp",
        "date last action",
        "datestamp. date last action",
        "ipaddr",
        "ip address",
        "ipaddr. ip address",
        "ip-osoite",
        "ip-adress",
        "refurl",
        "referrer url",
        "refurl. referrer url",
    ),
}

FORMAT = Format(
    key="limesurvey",
    name="LimeSurvey",
    signatures=tuple(
        frozenset({number, date})
        for number, date in (
            ("id", "submitdate"),
            ("response id", "date submitted"),
            ("id. response id", "submitdate. date submitted"),
            ("vastaus-id", "lähetyspäivä"),
            ("vastauksen tunnus", "lähetyspäivä"),
            ("vastauksen tunnus", "lähetyspäivämäärä"),
            ("vastauksen id", "lähetyspäivämäärä"),
            ("svars-id", "inlämningsdatum"),
            ("svars-id", "datum skickat"),
        )
    ),
    columns={name: role for role, names in _NAMES.items() for name in names},
    channel="survey",
    questions=True,
    numbered=False,
    # What LimeSurvey writes for surveys without date stamps.
    absent=("1980-01-01 00:00:00", "1980-01-01"),
)
