"""Mutates mails at random and brings them in: no exception, none lost, each understood or kept with a reason.

Of 100,000 mails every fiftieth goes through the database as a worker takes it; all are read and cut.
"""

import random
import tempfile
import time
from typing import Any

CASES, STORED_EVERY = 100_000, 50
_HEADS = (
    b'Content-Type: multipart/mixed; boundary="e"\r\n',
    b'Content-Type: text/plain; charset="x-no-such"\r\n',
    b"Content-Type: text/html; charset=utf-16\r\n",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=e\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%C3%A4; filename*1=../../x\r\n",
    b"Subject: =?utf-8?B?" + b"A" * 75 + b"?= =?x?Q?=FF=?=\r\n",
    b"Date: Fri, 99 Foo 99999 99:99:99 +9999\r\n",
    b'From: "\\" <@,;:>\r\n',
    b"References: " + b"<a@b> " * 300 + b"\r\n",
    b"Auto-Submitted: \r\n",
    b"In-Reply-To: <\xff\xfe@\x00>\r\n",
)
_BITS = (
    *(
        b"\r\n",
        b"\r\n\r\n",
        b"\n",
        b"\r",
        b"\x00",
        b"\xff",
        b"--e\r\n",
        b"--e--\r\n",
        b"=?",
        b"?=",
        b"<",
        b">",
    ),
    *(
        b"\\",
        b";",
        b"=",
        b'"',
        b"<blockquote>",
        b"</div>",
        b"&#x110000;",
        b"<!--",
        b"<![CDATA[",
        b"kirjoitti:",
    ),
    *(
        b"> ",
        b"-- \r\n",
        b"From ",
        b"\xed\xa0\x80",
        b"\xe2\x80\xa8",
        b"*" * 200,
        b"klo 9.12 a@b kirjoitti:\r\n",
    ),
    "Lähettäjä: x\r\n".encode(),
)


def seeds() -> list[bytes]:
    """Return mails to begin from, those that crash Python's own parser among them."""
    head = (
        b"From: =?utf-8?Q?Maija_Meik=C3=A4l=C3=A4inen?= <maija@example.fi>\r\nTo: hello@store.example\r\n"
        b"Subject: =?iso-8859-1?Q?Missa_tilaus=3F?=\r\nDate: Thu, 19 Nov 2026 09:12:00 +0200\r\n"
        b"Message-ID: <seed@example.fi>\r\nIn-Reply-To: <older@example.fi>\r\nMIME-Version: 1.0\r\n"
    )
    text = (
        b"Hei,\r\n\r\npaketti puuttuu.\r\n\r\n"
        b"ke 18.11.2026 klo 9.12 Kauppa <k@x.fi> kirjoitti:\r\n> vanhaa\r\n"
    )
    html = b"<p>Hei &auml;</p><div class=gmail_quote>x<blockquote>y</blockquote></div>"
    both = (
        b"Content-Type: multipart/alternative; boundary=e\r\n\r\n--e\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        + text + b"\r\n--e\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + html + b"\r\n--e--\r\n"
    )  # fmt: skip
    along = (
        b"Content-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nkuva ohessa\r\n--e\r\n"
        b"Content-Type: image/png; name=kuva.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"iVBORw0KGgo=\r\n--e--\r\n"
    )
    report = (
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=e\r\n\r\n--e\r\n\r\n"
        b"failed\r\n--e\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        b"Final-Recipient: rfc822; a@b.fi\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\n\r\n--e\r\nContent-Type: message/rfc822\r\n\r\n"
        b"Message-ID: <o@x>\r\n\r\n--e--\r\n"
    )
    nested = b"Content-Type: text/plain\r\n\r\nx"
    for level in range(500):
        edge = b"b%d" % level
        nested = b"Content-Type: multipart/mixed; boundary=" + edge + b"\r\n\r\n--" + edge + b"\r\n" + nested
    return [
        head + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text,
        head + both,
        head + along,
        head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html * 20,
        head + b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nrivi \r\njatkuu\r\n",
        head + report,
        head + nested,
        head + b"Content-Type: text/plain; charset=unknown-8bit\r\n\r\nhyv\xe4\xe4",
        head + b"Content-Type: text/plain; charset*=%%%''%\r\n\r\nx",
        head + b"X: " + b"y" * 131_073 + b"\r\n\r\nx",
        head + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 3_000,
        head + b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nSUMMARY:Mittaus\r\n",
        b"",
    ]


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """Return a mail with a few places cut, doubled, filled with what breaks parsers, or swapped."""
    raw = bytearray(seed)
    for _time in range(chance.choice((1, 1, 2, 3, 5, 9))):
        place = chance.randrange(len(raw) + 1)
        act = chance.randrange(7)
        if act == 0:
            del raw[place : place + chance.choice((1, 2, 10, 200))]
        elif act == 1:
            raw[place:place] = chance.choice(_BITS)
        elif act == 2:
            raw[place:place] = raw[place : place + chance.choice((1, 20, 300))]
        elif act == 3:
            raw[place : place + 1] = bytes([chance.randrange(256)])
        elif act == 4:
            line = raw.find(b"\r\n", place) + 2
            raw[line:line] = chance.choice(_HEADS)
        elif act == 5:
            raw[place:place] = chance.choice(_BITS) * chance.choice((2, 30, 400))
        else:
            raw = bytearray(chance.choice(_HEADS)) + raw
    return bytes(raw[:400_000])


def run() -> dict[str, Any]:
    """Return how many mails were tried and stored, and what went wrong with them."""
    import os

    import kalevi.config  # noqa: F401  SQLite is swapped before Django looks for it

    with tempfile.TemporaryDirectory(prefix="kalevi-mails-") as home:
        os.environ.pop("KALEVI_DATABASE_URL", None)
        os.environ |= {"KALEVI_HOME": home, "DJANGO_SETTINGS_MODULE": "kalevi.config.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        begun = time.monotonic()
        found = tried(cases=CASES, seed=2026, stored_every=STORED_EVERY)
        found["seconds"] = round(time.monotonic() - begun)
    return {"figures": found, "against": "100,000 mails: exceptions 0, lost 0"}


def tried(*, cases: int, seed: int, stored_every: int) -> dict[str, Any]:
    """Try so many mails; return what became of them. Wants a database whose tables stand."""
    from django.db import transaction
    from django.utils import timezone

    from kalevi.channels.email.mail.bounces import report_of
    from kalevi.channels.email.mail.parsing import parse
    from kalevi.channels.email.mail.parts import UnreadableError
    from kalevi.channels.email.mail.quoting import own_words
    from kalevi.channels.email.mail.signs import signs_of
    from kalevi.channels.email.models import Mailbox
    from kalevi.channels.email.receiving import SOURCE, arrival, scope_of
    from kalevi.channels.email.tasks import understand_mail
    from kalevi.interactions.intake import receive
    from kalevi.interactions.models import Intake

    chance = random.Random(seed)
    begun = seeds()
    now = timezone.now()
    box = Mailbox.objects.create(
        host="localhost",
        port=143,
        security="none",
        address="hello@store.example",
        since=now.date(),
        made_at=now,
    )
    exceptions: dict[str, int] = {}
    unreadable, slowest, acknowledged, pending = 0, 0.0, 0, []
    for number in range(cases):
        raw = begun[number] if number < len(begun) else mutated(chance.choice(begun), chance)
        start = time.perf_counter()
        try:
            mail = parse(raw)
            own_words(mail.text)
            signs_of(mail)
            report_of(mail)
            assert [
                mail.sender,
                mail.answer_to,
                mail.recipients,
                mail.answered,
                mail.sent_at,
                mail.message_id,
            ]
            assert all(part.name and part.content is not None for part in mail.along)
        except UnreadableError:
            unreadable += 1
        except Exception as error:
            exceptions[repr(error)[:200]] = exceptions.get(repr(error)[:200], 0) + 1
        slowest = max(slowest, time.perf_counter() - start)
        if number % stored_every == 0 or number < len(begun):
            pending.append(arrival(raw))
        if len(pending) >= 50 or (number == cases - 1 and pending):
            with transaction.atomic():
                got = receive(source=SOURCE, scope=scope_of(box.pk), arrivals=pending, at=timezone.now())
            acknowledged += got.stored
            pending = []
            understand_mail()
    rows = Intake.objects.filter(scope=scope_of(box.pk))
    return {
        "cases": cases,
        "exceptions": sum(exceptions.values()),
        "kinds_of_exceptions": exceptions,
        "unreadable": unreadable,
        "slowest_seconds": round(slowest, 2),
        "acknowledged": acknowledged,
        "lost": acknowledged - rows.filter(raw__isnull=False).count(),
        "waiting": rows.filter(state=Intake.State.WAITING).count(),
        "rejected_without_reason": rows.filter(state=Intake.State.REJECTED, reason="").count(),
    }
