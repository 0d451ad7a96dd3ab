"""The database refuses half a fact, also in raw SQL."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kalevi.interactions.models import Intake, Interaction

pytestmark = pytest.mark.django_db


def stored(**more: Any) -> bool:
    """Whether the database takes an interaction."""
    now = timezone.now()
    try:
        with transaction.atomic():
            intake, _made = Intake.objects.get_or_create(
                source="test",
                scope="test",
                identity=b"1",
                content=b"1",
                raw=b"raw",
                defaults={"received_at": now},
            )
            Interaction.objects.bulk_create(
                [
                    Interaction(
                        pk=7,
                        occurred_at=now,
                        received_at=now,
                        source="test",
                        intake=intake,
                        **{"channel": "counter", "kind": "encounter", **more},
                    )
                ]
            )
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    "half",
    [
        {"score": 5.0},
        {"score": 5.0, "score_kind": "nps"},
        {"score": 5.0, "score_kind": "nps", "score_low": 0.0},
        {"score": 5.0, "score_kind": "nps", "score_high": 10.0},
        {"score": 5.0, "score_low": 0.0, "score_high": 10.0},
        {"score": 11.0, "score_kind": "nps", "score_low": 0.0, "score_high": 10.0},
        {"score": -1.0, "score_kind": "nps", "score_low": 0.0, "score_high": 10.0},
        {"score": 5.0, "score_kind": "nps", "score_low": 5.0, "score_high": 5.0},
        {"score_kind": "nps"},
        {"score_low": 0.0, "score_high": 10.0},
        {"older_version_id": 7},
        {"answers_id": 7},
        {"channel": "smoke"},
        {"outcome": "odd"},
    ],
)
def test_half_is_refused(half: dict[str, Any]) -> None:
    assert not stored(**half)


@pytest.mark.parametrize("score", [0.0, 9.0, 10.0])
def test_whole_is_taken(score: float) -> None:
    assert stored(score=score, score_kind="nps", score_low=0.0, score_high=10.0)
