"""What the README tells a reader to type exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import click
import pytest

from directory import settings

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def code(page: str) -> str:
    """What stands in code blocks and between backticks."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def found(pattern: str) -> list[tuple[str, str]]:
    """(page, match) for every place where a page tells the reader to type that."""
    return [
        (page, match)
        for page in PAGES
        for match in sorted({hit.strip() for hit in re.findall(pattern, code(page), re.MULTILINE)})
    ]


@pytest.mark.parametrize(("page", "target"), found(r"^make ([a-z]+)"))
def test_make_target(page: str, target: str) -> None:
    assert re.search(rf"^{target}:.* ## ", MAKEFILE, re.MULTILINE), f"{page} names `make {target}`"


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.* ## ", MAKEFILE, re.MULTILINE))
def test_the_readme_knows_every_target(target: str) -> None:
    assert target == "help" or f"make {target}" in code("README.md")


@pytest.mark.parametrize(("page", "line"), found(r"^(?:\.venv/bin/)?puente ([a-z][^#\n]*)"))
def test_puente_command(page: str, line: str) -> None:
    command: click.Command | None = importlib.import_module("directory.cli").main
    words = line.split()
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command = command.get_command(click.Context(command), words.pop(0))
    stops_here = not isinstance(command, click.Group) or command.invoke_without_command
    assert command and stops_here, f"{page} names `puente {line}`"
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


LINKS = [
    (page, link) for page in PAGES for link in re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "link"), [pair for pair in LINKS if "://" not in pair[1]])
def test_link(page: str, link: str) -> None:
    assert (ROOT / page).parent.joinpath(link).exists()


def test_the_readmes_settings_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    block = next(text for text in re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL) if "clinic:" in text)
    (tmp_path / "settings.yml").write_text(block, encoding="utf-8")
    said = settings.settings()
    assert (said.clinic, said.phone, said.invented) == ("Kite Community Health Center", "209-555-0140", False)
    assert said.short_name == "Kite Clinic" and said.counties == ("Stanislaus", "Merced")


def test_folders() -> None:
    table = code("README.md").split("\n")
    folders = [name for name in table if re.fullmatch(r"[a-z/]+/", name) and name != "var/"]
    assert len(folders) > 5
    assert not [name for name in folders if not (ROOT / name).exists()]
