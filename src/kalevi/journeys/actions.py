"""Writes of the room `journeys`."""

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from kalevi.audit.actions import record
from kalevi.journeys.models import JourneyStage, Named, Touchpoint
from kalevi.journeys.queries import common_journey

KEY_LENGTH = 40


def _free_key(model: type[JourneyStage] | type[Touchpoint], names: list[str]) -> str:
    """Return a key of letters and digits that no other one has, made of the first name that gives one."""
    wanted = next((key for key in map(slugify, names) if key), "place").replace("-", "_")[:KEY_LENGTH]
    taken = set(model._default_manager.filter(key__startswith=wanted).values_list("key", flat=True))
    return next(key for key in (wanted, *(f"{wanted}_{n}" for n in range(2, 10_000))) if key not in taken)


def _name(thing: Named, names: dict[str, str]) -> None:
    thing.name_fi, thing.name_sv, thing.name_en = names["fi"], names["sv"], names["en"]


@transaction.atomic
def store_stage(
    *, stage: JourneyStage | None, names: dict[str, str], within_reach: bool, actor_id: int | None
) -> JourneyStage:
    """Change a stage, or add one at the end where `stage` is None; `names` by fi, sv and en."""
    if stage is None:
        last = JourneyStage.objects.aggregate(last=Max("position"))["last"] or 0
        stage = JourneyStage(position=last + 1, key=_free_key(JourneyStage, list(names.values())))
    _name(stage, names)
    stage.within_reach = within_reach
    stage.save()
    record(action="journeys.store_stage", actor_id=actor_id, subject=f"stage:{stage.pk}")
    return stage


@transaction.atomic
def move_stage(*, stage: JourneyStage, earlier: bool, actor_id: int | None) -> None:
    """Let a stage change places with the one before it, or after it; nothing happens at either end."""
    others = JourneyStage.objects.order_by("-position" if earlier else "position")
    neighbour = (
        others.filter(position__lt=stage.position).first()
        if earlier
        else others.filter(position__gt=stage.position).first()
    )
    if neighbour is None:
        return
    mine, theirs = stage.position, neighbour.position
    free = (JourneyStage.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    for moved, position in ((stage, free), (neighbour, mine), (stage, theirs)):
        moved.position = position
        moved.save(update_fields=["position"])
    record(action="journeys.move_stage", actor_id=actor_id, subject=f"stage:{stage.pk}", earlier=earlier)


@transaction.atomic
def store_touchpoint(
    *,
    touchpoint: Touchpoint | None,
    names: dict[str, str],
    stage: JourneyStage,
    within_reach: bool,
    active: bool,
    actor_id: int | None,
) -> Touchpoint:
    """Change a touchpoint, or add one where `touchpoint` is None; `names` by fi, sv and en."""
    if touchpoint is None:
        touchpoint = Touchpoint(key=_free_key(Touchpoint, list(names.values())))
    _name(touchpoint, names)
    touchpoint.stage, touchpoint.within_reach, touchpoint.active = stage, within_reach, active
    touchpoint.save()
    record(action="journeys.store_touchpoint", actor_id=actor_id, subject=f"touchpoint:{touchpoint.pk}")
    return touchpoint


@transaction.atomic
def begin_with_common_journey(*, actor_id: int | None) -> None:
    """Store the journey that fits most companies; nothing happens where there is a stage already."""
    if JourneyStage.objects.exists():
        return
    for position, told in enumerate(common_journey(), start=1):
        stage = JourneyStage(key=told["key"], position=position, within_reach=told.get("within_reach", True))
        _name(stage, told["names"])
        stage.save()
        for point in told.get("touchpoints", ()):
            touchpoint = Touchpoint(
                key=point["key"], stage=stage, within_reach=point.get("within_reach", True)
            )
            _name(touchpoint, point["names"])
            touchpoint.save()
    record(action="journeys.begin_with_common_journey", actor_id=actor_id)
