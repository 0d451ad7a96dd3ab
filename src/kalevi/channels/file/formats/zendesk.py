"""Zendesk satisfaction ratings: good or bad, with a comment, one rating a ticket."""

from kalevi.channels.file.formats import Format

_NAMES = {
    "text": (
        "comment",
        "satisfaction comment",
        "ticket satisfaction comment",
        "rating comment",
        "kommentti",
        "kommentar",
    ),
    "rating": (
        "score",
        "satisfaction score",
        "satisfaction rating",
        "ticket satisfaction rating",
        "rating",
        "arvio",
        "tyytyväisyysarvio",
        "omdöme",
        "nöjdhetsomdöme",
    ),
    "date": (
        "created_at",
        "rated at",
        "rating date",
        "created at",
        "satisfaction rating - date",
        "ticket satisfaction rated - date",
        "arvioitu",
        "betygsatt",
    ),
    "name": ("requester", "requester name", "pyytäjä", "pyynnön esittäjä", "begärande"),
    "email": ("requester email", "requester_email", "pyytäjän sähköposti", "begärandes e-post"),
    "person_id": ("requester_id", "requester id"),
}

FORMAT = Format(
    key="zendesk",
    name="Zendesk",
    signatures=tuple(
        frozenset({ticket, score})
        for ticket in ("ticket_id", "ticket id", "tukipyynnön tunnus", "ärende-id", "ärendets id")
        for score in _NAMES["rating"]
    ),
    # A rating has an id of its own; where the export leaves it out, the ticket it is of stands for it.
    columns={
        **{name: role for role, names in _NAMES.items() for name in names},
        "id": "id",
        "rating id": "id",
        "ticket id": "id",
        "ticket_id": "id",
        "tukipyynnön tunnus": "id",
        "ärende-id": "id",
        "ärendets id": "id",
        "reason": "ignore",
        "updated_at": "ignore",
        "assignee": "ignore",
        "group": "ignore",
        "url": "ignore",
    },
    channel="survey",
    scale=("csat", 0.0, 1.0),
    values={
        **dict.fromkeys(
            (
                "good",
                "good_with_comment",
                "good_without_comment",
                "good with comment",
                "goodwithcomment",
                "hyvä",
                "bra",
            ),
            1.0,
        ),
        **dict.fromkeys(
            (
                "bad",
                "bad_with_comment",
                "bad_without_comment",
                "bad with comment",
                "badwithcomment",
                "huono",
                "dåligt",
                "dålig",
            ),
            0.0,
        ),
    },
    person_kind="zendesk",
    utc=True,
)
