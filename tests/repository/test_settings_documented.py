"""Every setting, command and channel is documented, and nothing else is."""

import re

import pytest

from kalevi.commands import COMMANDS
from kalevi.config.environment import SETTINGS
from tests.repository.rooms import ROOT, SOURCE
from tools.reference import pages

GUIDE = ROOT / "docs" / "guide"


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "channels.md", "api.md"])
def test_reference_is_what_the_code_says(name: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == pages()[name]


def test_code_reads_no_undocumented_setting() -> None:
    texts = (path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    used = {name for text in texts for name in re.findall(r"KALEVI_[A-Z_]+", text)}
    assert used - {setting.name for setting in SETTINGS} == set()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_guide_tells_of_every_command_in_every_language(language: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in GUIDE.glob(f"*.{language}.md"))
    assert [name for name in COMMANDS if f"kalevi {name}" not in text] == []


def test_guide_is_the_same_in_every_language() -> None:
    names = {path.name.removesuffix(".en.md") for path in GUIDE.glob("*.en.md")}
    found = {path.name for path in GUIDE.glob("*.md")}
    assert found == {f"{name}.{language}.md" for name in names for language in ("fi", "sv", "en")}
