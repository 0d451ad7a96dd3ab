"""The shipped weights are what a training wrote, with the settings that stand in `training/`."""

import hashlib
import json

from training import train
from training.domain import OUTPUTS


def test_the_version_is_the_digest_of_what_ships() -> None:
    settings = json.loads((train.SHIPPED / "settings.json").read_text(encoding="utf-8"))
    version = settings.pop("version")
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for path in sorted(train.SHIPPED.glob("*.npy")):
        digest.update(path.read_bytes())
    assert version == digest.hexdigest()[:12]


def test_the_settings_are_those_of_the_training() -> None:
    domain = json.loads((train.SHIPPED / "settings.json").read_text(encoding="utf-8"))["domain"]
    assert domain["outputs"] == list(OUTPUTS)
    assert domain["polarity"] == {name: list(numbers) for name, numbers in train.POLARITY.items()}
    assert domain["slope"][OUTPUTS.index("comment")] == train.COMMENT_SLOPE
