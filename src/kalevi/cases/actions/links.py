"""Giving the customer a way to their own case, and what they say and tap there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases import customers_words
from kalevi.cases.actions.carrying import ClosedError
from kalevi.cases.actions.opening import note_read_again, take_up
from kalevi.cases.actions.praising import bring_tapped
from kalevi.cases.actions.verdicts import keep_verdict
from kalevi.cases.files import LARGEST, MOST, RefusedFileError, keep_file
from kalevi.cases.link_models import CaseLink, Thanks
from kalevi.cases.links import HOLDS, current
from kalevi.cases.models import Case, CaseWord, ToldAgain, Verdict
from kalevi.cases.telling import tell
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.newest import NewestReadings
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader

# A link that goes out with a mail holds long enough to be of use when the mail is looked for.
HOLDS_STILL = timedelta(days=30)


@transaction.atomic
def give_link(*, case: Case, language: str, actor_id: int | None) -> CaseLink:
    """Return the link of a case, made where there is none that holds.

    Raises ClosedError where the customer's data were erased: nobody is left to give it to.
    """
    if case.customer_erased:
        raise ClosedError
    known = current(case.pk)
    if known is not None and known.ends_at > timezone.now() + HOLDS_STILL:
        return known
    now = timezone.now()
    made = CaseLink.objects.create(case=case, language=language, made_at=now, ends_at=now + HOLDS)
    record(action="cases.give_link", actor_id=actor_id, subject=f"case:{case.pk}", contact_id=case.contact_id)
    return made


@transaction.atomic
def revoke_links(*, case: Case, actor_id: int | None) -> int:
    """End every link to a case; return how many held."""
    ended = CaseLink.objects.filter(case=case, revoked_at__isnull=True).update(revoked_at=timezone.now())
    record(
        action="cases.revoke_links", actor_id=actor_id, subject=f"case:{case.pk}", contact_id=case.contact_id
    )
    return ended


def keep_words(*, link: CaseLink, token: str, words: str, corrects: bool = False) -> None:
    """Receive what the customer adds to their case, then understand it. A known `token` is the same words.

    `corrects` says that we had misunderstood them.
    """
    identity = digest(b"case", str(link.case_id).encode(), token.encode())
    raw = customers_words.packed(
        case_id=link.case_id,
        contact_id=link.case.contact_id,
        words=words,
        said_at=timezone.now(),
        corrects=corrects,
    )
    with transaction.atomic():
        if link.case.contact is not None:
            customers_words.know(link.case.contact)
        arrival = Arrival(identity, digest(b""), raw)
        receive(source=customers_words.SOURCE, scope="case", arrivals=[arrival], at=timezone.now())
    understand_words()


def keep_files(*, link: CaseLink, files: Sequence[UploadedFile[bytes]]) -> tuple[int, list[tuple[str, str]]]:
    """Keep what the customer adds to their case; return how many, and (name, reason) of those not kept."""
    case = case_of_link(link)
    kept, left = 0, []
    for one in files[: MOST + 1]:
        name = one.name or ""
        try:
            if (one.size or 0) > LARGEST:
                raise RefusedFileError("too_large")
            keep_file(case=case, name=name, content=one.read())
        except RefusedFileError as refused:
            left.append((name[-80:], refused.reason))
        else:
            kept += 1
    if kept:
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=case.pk)
            record(
                action="cases.keep_files",
                actor_id=None,
                subject=f"case:{case.pk}",
                contact_id=case.contact_id,
                files=kept,
            )
            take_up(case, timezone.now())
            tell("joined", case)
    return kept, left


def case_of_link(link: CaseLink) -> Case:
    """Return the case that a link's matter goes on in: itself, or the one of the same customer it joined."""
    case = link.case
    while case.merged_into is not None and case.merged_into.contact_id == link.case.contact_id:
        case = case.merged_into
    return case


def understand_words() -> int:
    """Understand words that wait and put them to their cases; return how many were put."""
    while understand(reader=default_reader(), source=customers_words.SOURCE):
        pass
    put = 0
    loose = Interaction.objects.filter(
        source=customers_words.SOURCE, case_word__isnull=True, erasure__isnull=True
    )
    for said in loose.select_related("intake").order_by("pk")[:500]:
        case_id = customers_words.case_of(bytes(said.intake.raw or b""))
        put += case_id is not None and _put(case_id, said)
    return put


@transaction.atomic
def _put(case_id: int, said: Interaction) -> bool:
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        return False
    while (kept := case.merged_into) is not None and kept.contact_id == case.contact_id:
        case = Case.objects.select_for_update().get(pk=kept.pk)
    _word, new = CaseWord.objects.get_or_create(
        interaction=said, defaults={"case": case, "at": timezone.now()}
    )
    if new:
        if corrects := bool(customers_words.corrections([said])):
            # Whoever has to put us right explains it again.
            ToldAgain.objects.create(case=case, interaction=said, at=timezone.now())
        else:
            note_read_again(case, said, NewestReadings([said]).of(said), timezone.now())
        # Whoever writes again is not done, whatever we thought.
        take_up(case, timezone.now())
        tell("corrected" if corrects else "joined", case)
    return new


@transaction.atomic
def keep_customers_verdict(*, link: CaseLink, solved: bool) -> Case:
    """Keep whether the customer finds it solved; "no" opens the case again. Raises ClosedError."""
    return keep_verdict(
        case_id=case_of_link(link).pk, verdict=Verdict.SOLVED if solved else Verdict.NOT_SOLVED
    )


@transaction.atomic
def keep_thanks(*, link: CaseLink) -> Thanks:
    """Keep a thank-you for whoever carries the case; a second tap is the same one."""
    case = case_of_link(link)
    thanks, new = Thanks.objects.get_or_create(
        case=case, defaults={"colleague": case.owner, "at": timezone.now()}
    )
    if new:
        record(
            action="cases.keep_thanks",
            actor_id=None,
            subject=f"case:{case.pk}",
            contact_id=case.contact_id,
        )
        bring_tapped(case=case)
        tell("thanked", case)
    return thanks
