"""A model that is damaged is told by its file, and another that works takes its place."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import fallback, training
from directory.errors import AssistantError
from tests.healing.conftest import a_folder, empty, flipped, garbage, half, missing


def model(path: Path, *, age: int = 0, noted: bool = True) -> Path:
    """A small archive of the kind that a training leaves, with its hash beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for name in ("components/rules.json", "metadata.json"):
            entry = tarfile.TarInfo(name)
            entry.size = 40_000
            archive.addfile(entry, io.BytesIO(os.urandom(entry.size)))
    if noted:
        path.with_name(f"{path.name}.sha256").write_text(training._sha256(path) + "\n")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setenv("PUENTE_MODELS", str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


DAMAGE = [
    (missing, "is missing"),
    (empty, "is empty"),
    (half, "is damaged"),
    (flipped, "is damaged"),
    (garbage, "is damaged"),
    (a_folder, "is no file"),
]


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize(("damage", "says"), DAMAGE)
def test_what_is_wrong_with_a_model_is_said(
    folder: Path, damage: Callable[[Path], None], says: str, noted: bool
) -> None:
    right = model(training.model_path(), noted=noted)
    assert training.fault(right) is None and training.trained()
    damage(right)
    assert training.fault(right) == says and not training.trained()


def test_a_whole_model_that_is_not_the_one_that_was_trained_is_damaged(folder: Path) -> None:
    right = model(training.model_path())
    right.write_bytes(model(folder / "other.tar.gz").read_bytes())
    assert training.fault(right) == "is damaged"


def test_the_newest_kept_model_stands_in_and_it_is_said_in_words(folder: Path) -> None:
    right = model(training.model_path())
    old = model(folder / "puente-aaaaaaaaaaaaaaaa.tar.gz", age=90)
    new = model(folder / "puente-bbbbbbbbbbbbbbbb.tar.gz", age=10)
    model(folder / "puente-cccccccccccccccc.tar.gz", age=1).write_bytes(b"")
    assert fallback._candidates() == [right, new, old] and fallback.said() is None
    half(right)
    assert fallback._candidates() == [new, old]
    said = fallback.said()
    assert said and "is damaged" in said and f"The last good one, {new.name}, answers meanwhile" in said


class Loaded:
    """Stands where Rasa would load a model: says which models fail, and at what."""

    def __init__(self, *broken: Path) -> None:
        self.broken, self.tried = broken, list[Path]()

    def __call__(self, path: Path) -> Any:
        self.tried.append(path)
        if path in self.broken:
            raise AssistantError(f"The model {path} cannot be loaded") from EOFError()
        return SimpleNamespace(path=path)


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> dict[Path, str]:
    """Models that load and do not fit; the judgement itself is tested with real models in test_model_running.py."""
    found: dict[Path, str] = {}
    monkeypatch.setattr(fallback, "wrong", lambda agent, answers: found.get(agent.path))
    return found


def answers(_: Any, texts: Iterable[str]) -> list[list[str]]:
    return [["something"] for _ in texts]


def test_a_model_that_does_not_load_is_passed_over_and_not_tried_again(folder: Path, fits: dict[Path, str]) -> None:
    right = model(training.model_path())
    other = model(folder / "puente-aaaaaaaaaaaaaaaa.tar.gz", age=5)
    kept, loaded = fallback.Kept(), Loaded(right)
    assert kept.first(loaded, answers).path == other and kept.used == other
    assert loaded.tried == [right, other]
    assert training.fault(right) == "was tried and did not work" and not training.trained()
    assert training.refusals(right) == 1
    again = Loaded(right)
    fallback.Kept().first(again, answers)
    assert again.tried == [other]


def test_a_model_trained_anew_is_tried_again(folder: Path) -> None:
    right = model(training.model_path())
    training.refuse(right, "EOFError")
    assert not training.trained()
    model(right)
    assert training.trained() and training.refusals(right) == 1


def test_a_model_that_loads_and_does_not_fit_is_passed_over(folder: Path, fits: dict[Path, str]) -> None:
    newer = model(folder / "puente-aaaaaaaaaaaaaaaa.tar.gz", age=1)
    older = model(folder / "puente-bbbbbbbbbbbbbbbb.tar.gz", age=9)
    fits[newer] = "it does not know opt_out of the intents"
    assert fallback.Kept().first(Loaded(), answers).path == older


def test_after_two_failures_nothing_is_trained_by_itself_and_the_way_is_said(folder: Path) -> None:
    right = model(training.model_path())
    training.refuse(right, "EOFError")
    training.refuse(right, "EOFError")
    with pytest.raises(AssistantError, match="puente train --force"):
        fallback.Kept().first(Loaded(), answers)


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"puente": 3}', b"\xff\xfe"])
def test_a_damaged_note_of_what_was_refused_counts_as_none(folder: Path, said: bytes) -> None:
    right = model(training.model_path())
    (folder / "refused.json").write_bytes(said)
    assert training.trained() and training.refusals(right) == 0


def test_damaged_models_do_not_push_out_the_good_ones(folder: Path) -> None:
    good = [model(folder / f"puente-{letter * 16}.tar.gz", age=50 + age) for age, letter in enumerate("abc")]
    for letter in "def":
        half(model(folder / f"puente-{letter * 16}.tar.gz", age=1))
    right = model(training.model_path(), age=0)
    training._forget_old(right)
    assert sorted(folder.glob("puente-*.tar.gz")) == sorted([right, *good[:2]])
    assert len(list(folder.glob("*.sha256"))) == 3
