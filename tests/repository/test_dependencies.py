"""Every dependency has its reason, and every installed package is locked by hash."""

import re

from tests.repository.rooms import ROOT


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^  "[a-z0-9_.\[\]-]+(?:[<>=~!].*?)?",.*$', text, flags=re.M | re.I)
    dependencies = [
        line
        for line in lines
        if re.match(r'  "[A-Za-z0-9_.-]+(\[[a-z-]+\])?[<>=~]', line) or "types-" in line
    ]
    assert len(dependencies) > 20
    assert [line for line in dependencies if "# " not in line] == []


def test_locked_packages_carry_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        packages = re.findall(
            r"^[a-z0-9][^\n]*==[^\n]*(?:\n    [^\n]*)*", path.read_text(), flags=re.M | re.I
        )
        assert packages, path.name
        assert [package.split("\n")[0] for package in packages if "--hash=sha256:" not in package] == []


def test_locked_lists_name_no_server() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert re.findall(r"https?://|--index-url|--find-links", path.read_text()) == []
