"""Trains the model when what it is made of has changed, and only then.

Rasa's own training cache does not see the files that our components read, so what goes into a model is hashed here:
configuration, domain, training data, the components and their words, and the locked dependencies.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from bot import runtime
from directory.store import home

__all__ = ["ROOT", "fingerprint", "model_path", "models", "train", "trained"]

ROOT = Path(__file__).resolve().parent.parent
_INPUTS = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data",
    "bot/components",
    "bot/understanding",
    "directory/folding.py",
    # Names of programs, plans and places stand in the training data as what they are.
    "directory/data",
    "directory/eligibility",
    "directory/plans",
)
_KEPT = 3


def models() -> Path:
    """Where trained models lie: `PUENTE_MODELS`, else `models/` in Puente's home."""
    return Path(os.environ.get("PUENTE_MODELS") or home() / "models")


def fingerprint(root: Path = ROOT) -> str:
    """A hash (16 hex digits) of everything a model is made of."""
    digest = hashlib.sha256()
    for file in sorted(_files(root)):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(root: Path) -> list[Path]:
    found: list[Path] = []
    for name in _INPUTS:
        path = root / name
        found += [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix in {".csv", ".py", ".yml"}]
    return found


def model_path(root: Path = ROOT) -> Path:
    """Where the model for the present inputs lies, or will."""
    return models() / f"puente-{fingerprint(root)}.tar.gz"


def trained(root: Path = ROOT) -> bool:
    """Whether the model for the present inputs is there."""
    return model_path(root).exists()


def train(root: Path = ROOT) -> Path:
    """Trains the model for the present inputs, keeps the last few, and says where it is."""
    target = model_path(root)
    # Trained under another name and moved when whole: a process killed here leaves no half model behind.
    made = runtime.train(root / "domain.yml", root / "config.yml", root / "data", target.with_name("training.tar.gz"))
    made.replace(target)
    _forget_old(target)
    return target


def _forget_old(newest: Path) -> None:
    old = sorted(newest.parent.glob("puente-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in old[_KEPT:]:
        path.unlink()
