"""Which version of a rule an answer stood on: the same as long as it is the same, another when anything of it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from directory.eligibility import rules
from directory.overlay import keeping
from directory.records import rule_version
from tests.conftest import ROOT, environment

TODAY = date(2026, 11, 22)
TABLE = "- {who: Ana, on: 2026-11-22, source: a letter, checked: ['table:wic_185_month']}\n"
RULE = "- {who: Ana, on: 2026-11-22, source: a letter, checked: ['rule:liheap']}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    keeping.forget()
    yield tmp_path
    monkeypatch.undo()
    keeping.forget()
    keeping.look_again()


def versions() -> dict[str, str | None]:
    keeping.look_again()
    return {id: rule_version(id, TODAY) for id in rules.programs()}


def with_notes(home: Path, notes: str) -> dict[str, str | None]:
    (home / "overlay.yml").write_text(notes, "utf-8")
    return versions()


def test_every_rule_in_force_has_a_version_of_its_own(home: Path) -> None:
    found = versions()
    ruled = {id: version for id, version in found.items() if rules.program(id).rule(TODAY)}
    assert len(ruled) > 30 and len(set(ruled.values())) == len(ruled) and None not in ruled.values()
    assert all(found[id] is None for id in found if id not in ruled)
    assert rule_version("no_such_program", TODAY) is None


def test_a_note_of_the_clinic_makes_another_version_of_what_stands_on_it_alone(home: Path) -> None:
    before = versions()
    changed = {id for id, version in with_notes(home, TABLE).items() if version != before[id]}
    assert "wic" in changed and not changed & {"calfresh", "liheap", "nmt"}
    assert {id for id, version in with_notes(home, RULE).items() if version != before[id]} == {"liheap"}
    assert with_notes(home, "[]\n") == before


def test_it_is_of_the_day(home: Path) -> None:
    ends = {
        (id, rule.basis.period.start)
        for id, program in rules.programs().items()
        for rule in program.rules[1:]
        if rule.basis.period.start
    }
    for id, start in ends:
        before, after = (rule_version(id, date.fromordinal(start.toordinal() + by)) for by in (-1, 0))
        assert before != after, id
    figures = rules.tables()["wic_185_month"].values[0].basis.period.start
    if figures:
        assert rule_version("wic", figures) != rule_version("wic", date.fromordinal(figures.toordinal() - 1))


def test_it_is_the_same_in_every_process(home: Path) -> None:
    code = "from datetime import date; from directory.records import rule_version; " + (
        "print(rule_version('calfresh', date(2026, 11, 22)), rule_version('wic', date(2026, 11, 22)))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment(home, PYTHONHASHSEED=seed), capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert told == {f"{rule_version('calfresh', TODAY)} {rule_version('wic', TODAY)}\n".encode()}
