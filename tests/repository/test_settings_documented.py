"""Every setting is documented, and nothing else is."""

import re

from kalevi.config.environment import SETTINGS
from tests.repository.rooms import ROOT, SOURCE


def test_reference_names_every_setting_with_its_default_and_meaning() -> None:
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(KALEVI_[A-Z_]+)` \| (.*?) \| (.*?) \|$", text, flags=re.M)
    assert rows == [(s.name, f"`{s.default}`" if s.default else "–", s.meaning) for s in SETTINGS]


def test_code_reads_no_undocumented_setting() -> None:
    used = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"KALEVI_[A-Z_]+", path.read_text("utf-8"))
    }
    assert used - {setting.name for setting in SETTINGS} == set()
