"""Changing what is promised to everybody."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.survey.models import Survey
from kalevi.journeys.models import Touchpoint
from kalevi.promises.brand_models import BrandPromise, Measure


@transaction.atomic
def store_brand_promise(
    *,
    brand: BrandPromise | None,
    words: dict[str, str],
    touchpoints: Iterable[Touchpoint],
    measure: Measure,
    minutes: int | None,
    survey: Survey | None,
    question: str,
    theme: str,
    actor_id: int | None,
) -> BrandPromise:
    """Change a promise to everybody, or add one where `brand` is None; `words` by fi, sv and en.

    What belongs to another measure is left out.
    """
    stored = brand or BrandPromise(made_at=timezone.now())
    stored.words_fi, stored.words_sv, stored.words_en = words["fi"], words["sv"], words["en"]
    stored.measure = measure
    stored.minutes = minutes if measure == Measure.ANSWERED else None
    asks = measure == Measure.QUESTION
    stored.survey, stored.question = (survey, question) if asks else (None, "")
    stored.theme = theme if measure == Measure.THEME else ""
    stored.save()
    stored.touchpoints.set(touchpoints)
    record(action="promises.store_brand_promise", actor_id=actor_id, subject=f"brand_promise:{stored.pk}")
    return stored


@transaction.atomic
def end_brand_promise(*, brand: BrandPromise, actor_id: int | None) -> BrandPromise:
    """Promise it no more; what was given under it stays."""
    if brand.ended_at is None:
        brand.ended_at = timezone.now()
        brand.save(update_fields=["ended_at"])
        record(action="promises.end_brand_promise", actor_id=actor_id, subject=f"brand_promise:{brand.pk}")
    return brand
