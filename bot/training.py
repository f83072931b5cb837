"""Trains the model when what it is made of has changed, and only then; says whether one that was trained is still good.

Rasa's own training cache does not see the files that our components read, so what goes into a model is hashed here:
configuration, domain, training data, the components and their words, and the locked dependencies. Beside each model
stands the sha256 that it had when it was trained.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot import runtime
from directory.store import home

__all__ = ["ROOT", "fault", "fingerprint", "model_path", "models", "others", "refusals", "refuse", "train", "trained"]

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
_BLOCK = 1 << 20


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
    """Whether the model for the present inputs is there and is what it was when it was trained."""
    return fault(model_path(root)) is None


def fault(path: Path) -> str | None:
    """Why that model cannot be used, to follow the words "the model"; None when nothing speaks against it.

    Whether Rasa can load it is known only once it has tried (`refuse`).
    """
    if not path.exists():
        return "is missing"
    if not path.is_file():
        return "is no file"
    if not path.stat().st_size:
        return "is empty"
    try:
        digest = _sha256(path)
        if digest != (_noted(path) or digest) or not (_noted(path) or _is_whole(path)):
            return "is damaged"
    except OSError:
        return "cannot be read"
    return "was tried and did not work" if _refused().get(path.name, {}).get("sha256") == digest else None


def others(root: Path = ROOT) -> list[Path]:
    """The models of other inputs that nothing speaks against, the newest first."""
    present = model_path(root)
    return [path for path in _by_age(models()) if path != present and fault(path) is None]


def refuse(path: Path, why: str) -> None:
    """Notes that the model did not work when it was tried, so that nothing starts with it before it is trained anew."""
    found = _refused()
    with suppress(OSError):  # the model went, or there is no room: it is tried again at the next start
        found[path.name] = {"sha256": _sha256(path), "why": why, "times": refusals(path) + 1}
        _write(models() / "refused.json", json.dumps(found))


def refusals(path: Path) -> int:
    """How often a model of these inputs was tried and did not work."""
    times = _refused().get(path.name, {}).get("times", 0)
    return times if isinstance(times, int) else 0


def train(root: Path = ROOT) -> Path:
    """Trains the model for the present inputs, keeps the last few, and says where it is.

    Who waited for another training of the same takes what that one made.
    """
    target = model_path(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent) as waited:
        if waited and trained(root):
            return target
        # Trained under another name and moved when whole: a process killed here leaves no half model behind.
        aside = target.with_name("training.tar.gz")
        made = runtime.train(root / "domain.yml", root / "config.yml", root / "data", aside)
        _make_room(target)
        _write(_note(target), f"{_sha256(made)}\n")
        made.replace(target)
        _forget_old(target)
    return target


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """One training at a time; whether it had to wait for another."""
    with (folder / "training.lock").open("a") as file:
        waited = False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
            fcntl.flock(file, fcntl.LOCK_EX)
        yield waited


def _make_room(target: Path) -> None:
    """A folder that stands where the model belongs is set aside; it may be somebody's."""
    if target.is_dir() and not target.is_symlink():
        target.rename(target.with_name(f"training.aside-{target.name}-{os.getpid()}"))


def _forget_old(newest: Path) -> None:
    good = [path for path in _by_age(newest.parent) if path == newest or fault(path) is None]
    for path in set(_by_age(newest.parent)) - set(good[:_KEPT]):
        if path.is_file():
            path.unlink()
    for note in newest.parent.glob("puente-*.tar.gz.sha256"):
        if not note.with_suffix("").exists():
            note.unlink()


def _by_age(folder: Path) -> list[Path]:
    return sorted(folder.glob("puente-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _noted(path: Path) -> str | None:
    """The hash that the model had when it was trained; None for one that was trained before hashes were kept."""
    try:
        return _note(path).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _is_whole(path: Path) -> bool:
    """Whether the archive can be unpacked to its end, where its own sum stands."""
    try:
        with gzip.open(path, "rb") as file:
            while file.read(_BLOCK):
                pass
    except (EOFError, zlib.error, OSError):
        return False
    return True


def _refused() -> dict[str, dict[str, object]]:
    try:
        found = json.loads((models() / "refused.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: said for name, said in found.items() if isinstance(said, dict)} if isinstance(found, dict) else {}


def _write(path: Path, text: str) -> None:
    """The file holds the text, on the disk too, or still what it held before."""
    aside = path.with_name(f"training.log.{path.name}")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
