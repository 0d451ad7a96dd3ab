"""Kiosks as pages read them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from kalevi.channels.kiosk.faces import Asked, asked_of
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.survey.models import Survey, SurveyVersion

# A device tells that it is there every five minutes; after three times that it is silent.
SILENT_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a kiosk shows: the version it asks and what of it."""

    kiosk: Kiosk
    version: SurveyVersion
    asked: Asked


def screen_for_customer(key: str) -> Screen | None:
    """Return what a kiosk shows; None where there is no such kiosk or its survey is not open."""
    kiosk = (
        Kiosk.objects.filter(key=key, retired_at__isnull=True, survey__state=Survey.State.OPEN)
        .select_related("survey__current")
        .first()
    )
    version = kiosk.survey.current if kiosk else None
    asked = asked_of(version.asks()) if version else None
    return Screen(kiosk, version, asked) if kiosk and version and asked else None


@dataclass(frozen=True, slots=True)
class Device:
    """A kiosk as a colleague looks after it."""

    kiosk: Kiosk
    silent: bool

    @property
    def open(self) -> bool:
        """Whether customers can answer."""
        return self.kiosk.retired_at is None and self.kiosk.survey.state == Survey.State.OPEN


def devices_for_colleague() -> list[Device]:
    """Return every kiosk in use, then the retired ones, by name."""
    found = Kiosk.objects.select_related("survey__touchpoint").order_by("name", "pk")
    devices = [device_of(kiosk) for kiosk in found]
    return sorted(devices, key=lambda device: device.kiosk.retired_at is not None)


def device_of(kiosk: Kiosk) -> Device:
    """Return how a kiosk stands now."""
    heard = kiosk.heard_at
    return Device(kiosk, heard is not None and heard < timezone.now() - SILENT_AFTER)


def surveys_with_faces() -> list[Survey]:
    """Return the open surveys that ask for a feeling, by name."""
    open_now = Survey.objects.filter(state=Survey.State.OPEN).select_related("current").order_by("name", "pk")
    return [one for one in open_now if one.current and asked_of(one.current.asks())]
