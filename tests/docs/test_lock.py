"""The lock: every package by version and hash, from whatever registry the reader uses."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LINE = re.compile(
    r"[A-Za-z0-9_.-]+(\[[a-z0-9,-]+\])?==[0-9][A-Za-z0-9.+!]*( ; [^:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
)


def stanzas() -> dict[str, str]:
    """Package name -> its lines in the lock."""
    found = re.findall(r"^([A-Za-z0-9_.\-\[\],]+)==(.*(?:\n .*)*)", LOCK, re.MULTILINE)
    return {name.lower().split("[")[0]: lines for name, lines in found}


def wanted() -> set[str]:
    """The packages that pyproject.toml asks for by name, also for development."""
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", PYPROJECT, re.MULTILINE | re.DOTALL)
    names = re.findall(r'^\s+"([A-Za-z0-9_.\-]+)', "".join(lists), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_the_lock_holds_names_versions_and_hashes_and_no_registry() -> None:
    assert not [line for line in LOCK.splitlines() if not LINE.fullmatch(line)]


def test_every_package_has_a_hash() -> None:
    assert not [name for name, lines in stanzas().items() if "--hash=sha256:" not in lines]


def test_every_wanted_package_is_locked() -> None:
    assert len(wanted()) > 20
    assert not wanted() - set(stanzas())


def test_the_packages_that_must_stay_are_what_they_were() -> None:
    assert stanzas()["rasa"].startswith("3.6.21 ")
    assert stanzas()["spacy"].startswith("3.7.")
