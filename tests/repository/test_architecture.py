"""The picture of the house is the house."""

from tests.repository.rooms import ROOT
from tools.reference import architecture


def test_picture_is_up_to_date() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert architecture(text) == text


def test_no_machine_paths_stand_in_tracked_text() -> None:
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    found = []
    for name in listed.split("\0"):
        path = ROOT / name
        if not name or path.suffix not in {".py", ".md", ".toml", ".html", ".css", ".txt", ".po", ".jsonl"}:
            continue
        if path.exists() and ("/wo" + "rk/") in path.read_text(encoding="utf-8", errors="replace"):
            found.append(name)
    assert found == []
