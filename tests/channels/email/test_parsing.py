"""Mails of every shape become values; what cannot is told apart with its reason."""

import base64
import time

import pytest

from kalevi.channels.email.mail.charsets import decode
from kalevi.channels.email.mail.flowed import unflowed
from kalevi.channels.email.mail.headers import addresses, decoded, parameters
from kalevi.channels.email.mail.html import text_of
from kalevi.channels.email.mail.parsing import parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.mail.quoting import own_words

pytestmark = pytest.mark.library
HEAD = b"From: a@example.fi\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def nested(depth: int) -> bytes:
    """Return a mail of so many multiparts in each other."""
    raw = b"Content-Type: text/plain\r\n\r\nwords"
    for level in range(depth):
        edge = b"b%d" % level
        raw = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (
            edge, edge, raw, edge,
        )  # fmt: skip
    return HEAD + raw


def test_encoded_headers_of_every_kind() -> None:
    assert decoded("=?utf-8?Q?P=C3=A4iv=C3=A4=C3=A4?= =?utf-8?B?LCBLYWxldmk=?=") == "Päivää, Kalevi"
    # A letter divided between two encoded words.
    assert decoded("=?utf-8?B?w6?= =?utf-8?B?Q=?=".replace("w6?", "ww==?").replace("Q=?", "pA==?")) == "ä"
    assert decoded("=?iso-8859-1?Q?H=E4l=F6?= maailma") == "Hälö maailma"
    assert decoded("=?no-such-charset?Q?Hei?=") == "Hei"
    assert decoded("=?utf-8?B?not base64?=") != ""
    assert decoded("tavallinen = ei ? koodattu") == "tavallinen = ei ? koodattu"


def test_parameters_in_pieces_and_with_a_charset() -> None:
    line = "attachment; filename*0*=utf-8''kuitti%20p%C3%A4; filename*1*=iv%C3%A4; filename*2=.pdf"
    assert parameters(line) == {"filename": "kuitti päivä.pdf"}
    assert parameters('attachment; filename="a; b\\".pdf"; size=3') == {"filename": 'a; b".pdf', "size": "3"}
    assert parameters("text/plain; charset=UTF-8; format=flowed") == {"charset": "UTF-8", "format": "flowed"}
    assert parameters('x; name="=?utf-8?Q?=C3=A4.png?="') == {"name": "ä.png"}


def test_addresses_with_commas_quotes_comments_and_groups() -> None:
    found = addresses(
        '"Malli, Maija" <Maija@Example.FI>, pekka@example.fi (Pekka), =?utf-8?Q?=C3=85ke?= <a@b.fi>'
    )
    assert [tuple(one) for one in found] == [
        ("maija@example.fi", "Malli, Maija"),
        ("pekka@example.fi", "Pekka"),
        ("a@b.fi", "Åke"),
    ]
    assert addresses("undisclosed-recipients:;") == []
    assert addresses("<>, @, x@, @y") == []


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("hyvää".encode(), "utf-8", "hyvää"),
        ("hyvää".encode("latin-1"), "iso-8859-1", "hyvää"),
        ("hyvää €".encode("cp1252"), "iso-8859-1", "hyvää €"),
        ("hyvää".encode("latin-1"), "utf-8", "hyvää"),
        ("hyvää".encode(), "x-unknown-8bit", "hyvää"),
        ("hyvää".encode("latin-1"), "no-such", "hyvää"),
        (b"abc", "rot13", "abc"),
        (b"abc", "zlib", "abc"),
        (b"xn--a", "punycode", "xn--a"),
        ("päivä".encode("utf-16"), "utf-16", "päivä"),
        (b"\x81\x8d", "", "\ufffd\ufffd"),
    ],
)
def test_charsets_declared_wrong_and_missing(raw: bytes, declared: str, text: str) -> None:
    assert decode(raw, declared) == text


def test_flowed_text_is_put_together() -> None:
    text = "Ensimmäinen rivi \njatkuu tässä.\n\n> lainaus \n> jatkuu\nOma.\n-- \nNimi"
    assert unflowed(text) == "Ensimmäinen rivi jatkuu tässä.\n\n> lainaus jatkuu\nOma.\n-- \nNimi"
    assert unflowed("pit \nkä", delete_space=True) == "pitkä"


def test_html_becomes_text_with_its_quotations_marked() -> None:
    html = (
        "<style>p{color:red}</style><p>Hei,</p><p>Tuote on <b>rikki</b>&nbsp;&amp; myöhässä.<br>Terv. M</p>"
        "<ul><li>yksi</li><li>kaksi</li></ul><div style='display:none'>piilossa</div>"
        "<script>alert(1)</script>"
        "<blockquote type=cite><p>vanhaa</p></blockquote>"
    )
    assert text_of(html) == ("Hei,\n\nTuote on rikki & myöhässä.\nTerv. M\n\n- yksi\n- kaksi\n\n> vanhaa")


def test_outlook_html_is_cut_where_the_old_mail_begins() -> None:
    html = (
        "<div><p>Uutta.</p></div><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3pt'>"
        "<p><b>Lähettäjä:</b> K &lt;k@example.fi&gt;<br><b>Lähetetty:</b> eilen</p></div><p>Vanhaa.</p></div>"
    )
    assert own_words(text_of(html)).own == "Uutta."
    assert own_words(text_of("<p>Uutta.</p><div id='appendonsend'></div><p>Vanhaa.</p>")).own == "Uutta."


def test_plain_text_is_preferred_and_html_taken_when_there_is_none() -> None:
    both = HEAD + (
        b"Content-Type: multipart/alternative; boundary=e\r\n\r\n"
        b"--e\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
        b"--e\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--e--\r\n"
    )
    found = parse(both)
    assert (found.text, found.along) == ("plain", ())
    assert parse(both.replace(b"\r\n\r\nplain\r\n", b"\r\n\r\n \r\n")).text == "html"
    assert parse(HEAD + b"Content-Type: text/html\r\n\r\n<p>vain html</p>").text == "vain html"


def test_what_came_along_is_told_apart_from_the_words() -> None:
    picture = base64.b64encode(b"\x89PNG")
    raw = HEAD + (
        b"Content-Type: multipart/mixed; boundary=e\r\n\r\n"
        b"--e\r\nContent-Type: text/plain\r\n\r\nEnsin.\r\n"
        b"--e\r\nContent-Type: image/png; name=kuva.png\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-ID: <x@y>\r\n\r\n" + picture + b"\r\n"
        b"--e\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nTNEF\r\n"
        b"--e\r\nContent-Type: text/plain; name=liite.txt\r\nContent-Disposition: attachment\r\n\r\nliite\r\n"
        b"--e\r\nContent-Type: message/rfc822\r\n\r\nSubject: vanha\r\n\r\nx\r\n"
        b"--e\r\nContent-Type: text/plain\r\n\r\nSitten.\r\n--e--\r\n"
    )
    found = parse(raw)
    assert found.text == "Ensin.\n\nSitten."
    assert [(part.name, part.type) for part in found.along] == [
        ("kuva.png", "image/png"),
        ("winmail.dat", "application/ms-tnef"),
        ("liite.txt", "text/plain"),
        ("vanha.eml", "message/rfc822"),
    ]
    assert found.along[0].content == b"\x89PNG"


def test_an_invitation_alone_gives_its_words() -> None:
    raw = HEAD + (
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
        b"SUMMARY:Mittaus\\, keitti\xc3\xb6\r\n"
        b"DESCRIPTION:Tuon piirus\r\n tukset mukanani.\r\nEND:VCALENDAR\r\n"
    )
    assert parse(raw).text == "Mittaus, keittiö\n\nTuon piirustukset mukanani."


def test_deep_and_many_parts_are_kept_whole() -> None:
    assert parse(nested(20)).text == "words"
    for depth in (31, 500):
        with pytest.raises(UnreadableError) as error:
            parse(nested(depth))
        assert error.value.reason == "too_deep"
    many = b"Content-Type: multipart/mixed; boundary=e\r\n\r\n" + b"--e\r\n\r\nx\r\n" * 1_000
    with pytest.raises(UnreadableError) as error:
        parse(HEAD + many)
    assert error.value.reason == "too_many_parts"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not_a_mail"),
        (b"\x00\x01\x02" * 50, "not_a_mail"),
        (b"hello\r\n\r\nworld", "not_a_mail"),
        (HEAD + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nxx", "encrypted"),
    ],
)
def test_what_is_no_readable_mail_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse(raw)
    assert error.value.reason == reason


def test_odd_mails_still_speak() -> None:
    assert parse(HEAD + b"Content-Type: multipart/mixed\r\n\r\nno boundary").text == "no boundary"
    assert parse(HEAD + b"Content-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nopen").text == "open"
    assert parse(HEAD + b"Content-Type: nonsense\r\n\r\nwords").text == "words"
    assert parse(b"From x@y Thu Nov 19\n" + HEAD + b"\r\nfrom a box").text == "from a box"
    assert parse(HEAD + b"Date: the day after\r\n\r\nx").sent_at is None
    assert (
        parse(
            HEAD + b"Content-Type: text/plain; charset=x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!"
        ).text
        == ""
    )
    assert parse(b"From: a@b.fi\nSubject: y\n\nunix lines\nhere").text == "unix lines\nhere"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 400_000,
        "<p>" + "".join(f"<b class=c{n}>" for n in range(20_000)) + "</p><p>x" * 20_000,
        '<a ="' * 400_000,
        "<!--" * 400_000,
        "<style>" * 200_000,
        "<style></style>" * 100_000,
        "<div>" * 3_000 + "</p>" * 400_000,
        "<" * 2_000_000,
        "&#x110000;&" * 100_000,
    ],
    ids=range(9),
)
def test_html_made_to_hold_us_up_does_not(html: str) -> None:
    begun = time.process_time()
    text_of(html)
    assert time.process_time() - begun < 10


def test_html_as_people_never_wrote_it_still_speaks() -> None:
    assert text_of("a < b && c > d <3") == "a < b && c > d <3"
    assert text_of("<a href=\"x>y\" title='>'>linkki</a> <!-- piilo --> jatkuu") == "linkki jatkuu"
    assert text_of("<p>auki <b>lihava<p>toinen</div></p> loppu") == "auki lihava\n\ntoinen\n\nloppu"
    assert text_of("<pre>rivi 1\n  rivi 2</pre>") == "rivi 1\nrivi 2"
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 100_000
    assert text_of(f"<p>Katso <img src='{picture}'>kuvaa</p>") == "Katso kuvaa"
    assert text_of("teksti <a href='") == "teksti href='"
