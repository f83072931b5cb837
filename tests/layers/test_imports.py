"""The arrows of docs/architecture.md, read from the syntax tree: nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("directory", "actions", "bot")
FLOORS = (
    {
        "model",
        "reply",
        "errors",
        "schema",
        "openings",
        "folding",
        "almanac",
        "locks",
        "whole_files",
        "called",
        "dangers",
        "reserve",
        "squares",
    },
    {
        "hours",
        "places",
        "position",
        "phones",
        "plans",
        "store",
        "tables",
        "eligibility",
        "settings",
        "keys",
        "damaged",
        "overlay",
        "data",
        "wording",
        "privacy",
        "logs",
        "running",
        "rows",
    },
    {
        "text",
        "search",
        "sync",
        "publication",
        "inbox",
        "sender",
        "reports",
        "exports",
        "status",
        "demo",
        "records",
        "purge",
        "pause",
        "backup",
        "healing",
        "doctor",
        "prints",
        "handout",
        "upkeep",
        "health",
        "trials",
        "setup",
        "verify",
        "accounts",
    },
    {"cli", "commands", "desk"},
)


def sources(root: Path) -> dict[str, Path]:
    """Every module of ours under `root`: dotted name -> file."""
    files = (path for package in OURS for path in sorted((root / package).rglob("*.py")))
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def imported(module: str, path: Path) -> Iterator[str]:
    """What a file imports, anywhere in it, as dotted names; relative imports are resolved."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = ".".join([*package.split(".")[: len(package.split(".")) - node.level + 1], node.module or ""])
            origin = base.strip(".") if node.level else str(node.module)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def arrows(modules: dict[str, Path]) -> dict[str, set[str]]:
    """Module -> modules of ours that it imports; `from a.b import C` points at a.b, or at a.b.C when that is one."""

    def ours(name: str) -> Iterator[str]:
        yield from [known for known in (name, name.rpartition(".")[0]) if known in modules][:1]

    return {
        module: {target for name in imported(module, path) for target in ours(name)} - {module}
        for module, path in modules.items()
    }


def outside(modules: dict[str, Path], package: str) -> set[str]:
    """The modules of ours that import `package` (or something inside it)."""
    return {module for module, path in modules.items() if package in {n.split(".")[0] for n in imported(module, path)}}


def floor(module: str) -> int | None:
    """1 nouns, 2 knowledge, 3 work, 4 faces; None for the package itself and for a room that has no floor yet."""
    room = [*module.split("."), ""][1]
    return next((number for number, rooms in enumerate(FLOORS, 1) if room in rooms), None)


def climbs(graph: dict[str, set[str]]) -> list[str]:
    """Arrows inside `directory` that point to a higher floor."""
    pairs = [(module, target) for module, targets in graph.items() for target in targets if floor(target)]
    inside = [pair for pair in pairs if all(name.startswith("directory.") for name in pair)]
    return [f"{module} -> {target}" for module, target in inside if (floor(module) or 0) < (floor(target) or 0)]


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """One cycle of imports, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return [str(name) for name in found.args[1]]
    return []


@pytest.fixture(scope="module")
def modules() -> dict[str, Path]:
    return sources(ROOT)


@pytest.fixture(scope="module")
def graph(modules: dict[str, Path]) -> dict[str, set[str]]:
    return arrows(modules)


# package -> the only modules that may import it
ALLOWED = {
    "requests": ["directory.sync.fetch", "directory.sender", "directory.sender.*"],
    "sqlalchemy": ["directory.inbox", "directory.inbox.*"],
    "cryptography": ["directory.inbox.*"],
    "twilio": ["bot.sms.*"],
    "click": ["*.cli", "directory.commands.*"],
    "starlette": ["directory.desk", "directory.desk.*"],
    "rasa": ["bot.channels.*", "bot.components.*", "bot.loading", "bot.mends", "bot.runtime", "bot.tracker_store"],
    "rasa_sdk": ["actions", "actions.*", "bot.loading", "bot.runtime"],
    "sanic": ["bot.channels.*", "bot.runtime"],
    "spacy": ["bot.*"],
    "aiohttp": ["bot.door", "bot.door.*"],
    "pyrage": ["directory.backup.*"],
    "segno": ["directory.squares"],
    "fpdf": ["directory.prints.*", "directory.demo.*"],
    "tensorflow": [],
}
# importer -> what it may never reach
APART = [("directory", "actions"), ("directory", "bot"), ("actions", "bot"), ("bot", "actions")]


@pytest.mark.parametrize("package", ALLOWED)
def test_only_these_modules_import(package: str, modules: dict[str, Path]) -> None:
    strangers = [m for m in outside(modules, package) if not any(fnmatch(m, rule) for rule in ALLOWED[package])]
    assert not strangers, f"{package} may be imported by {ALLOWED[package]} only"


@pytest.mark.parametrize(("importer", "target"), APART)
def test_no_arrow(importer: str, target: str, graph: dict[str, set[str]]) -> None:
    crossings = [
        f"{module} -> {name}"
        for module, names in graph.items()
        for name in names
        if module.split(".")[0] == importer and name.split(".")[0] == target
    ]
    assert not crossings


def test_inside_directory_no_arrow_points_upward(graph: dict[str, set[str]]) -> None:
    assert not climbs(graph)


def test_every_room_of_directory_has_a_floor(modules: dict[str, Path]) -> None:
    assert not [name for name in modules if name.startswith("directory.") and floor(name) is None]


def test_there_is_no_cycle(graph: dict[str, set[str]]) -> None:
    assert not cycle(graph)


def test_every_module_says_what_it_exports(modules: dict[str, Path]) -> None:
    silent = [
        name
        for name, path in modules.items()
        if path.name != "__init__.py" and "__all__" not in path.read_text(encoding="utf-8")
    ]
    assert not silent


# The checks themselves, on a house built wrong on purpose.
WRONG = {
    "directory/__init__.py": "",
    "directory/model.py": "def later():\n    from directory.search import find",
    "directory/search.py": "import directory.model\nimport rasa.core",
    "directory/desk/__init__.py": "from ..search import find",
    "bot/__init__.py": "from directory import desk",
}


@pytest.fixture
def wrong(tmp_path: Path) -> dict[str, Path]:
    for name, text in WRONG.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return sources(tmp_path)


def test_the_checks_find_what_is_wrong(wrong: dict[str, Path]) -> None:
    built = arrows(wrong)
    assert climbs(built) == ["directory.model -> directory.search"]
    assert set(cycle(built)) == {"directory.model", "directory.search"}
    assert outside(wrong, "rasa") == {"directory.search"}
    assert built["directory.desk"] == {"directory.search"}
    assert built["bot"] == {"directory.desk"}
