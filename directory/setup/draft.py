"""The settings file that is being written: what it says, one value more or less, and kept whole after each answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from directory import keys, reserve, settings
from directory.errors import SettingsError
from directory.settings import checking, content, reading
from directory.settings.mistakes import Mistake
from directory.setup.rendering import as_yaml, rendered

__all__ = ["Draft", "as_it_stands", "from_file", "mistakes_in", "present", "save"]

T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """The plain values of a settings file; `left_out` are lines that did not fit, with the reason.

    `doubtful` are the keys of such lines; they have the value that was good before, where there is one.
    `trouble` says in words why the file that is there could not be taken as it is; `own` is a file that somebody wrote
    and that is taken letter by letter.
    """

    plain: Mapping[str, object] = field(default_factory=dict)
    left_out: tuple[tuple[str, str], ...] = ()
    doubtful: frozenset[str] = frozenset()
    trouble: str | None = None
    own: bytes | None = None

    def having(self, key: str, value: object) -> Draft:
        """With that value in the place of what the key had; None takes the key out."""
        said = {name: item for name, item in self.plain.items() if name != key}
        return replace(
            self, plain=said if value is None else {**said, key: value}, doubtful=self.doubtful - {key}, own=None
        )

    def content(self) -> bytes:
        """The file."""
        return self.own or rendered(self.plain, self.left_out).encode("utf-8")


def present() -> Draft:
    """What `settings.yml` says; of one that does not fit what does, and of one that is no YAML the last good one."""
    path = settings.file()
    try:
        said = content.bytes_of(path)
        trouble = settings.settings().mended
        if said is None or not said.strip():
            return replace(_last_good(path), trouble=trouble)
        return replace(_fitting(content.plain(said, path), path, _last_good(path).plain), trouble=trouble)
    except SettingsError as why:
        return replace(_last_good(path), trouble=str(why))


def as_it_stands(draft: Draft) -> Draft:
    """The file as it is now, since somebody may have changed it meanwhile; with the lines that were left out before."""
    found = present()
    return replace(found, left_out=tuple(dict.fromkeys((*draft.left_out, *found.left_out))))


def _last_good(path: Path) -> Draft:
    return _fitting(_copied(path), path, {})


def _copied(path: Path) -> Mapping[str, object]:
    """What the last good file says; nothing where there is none that can be read."""
    try:
        said = content.bytes_of(reading.good_copy(path))
        return content.plain(said, path) if said else {}
    except SettingsError:
        return {}


def _fitting(plain: Mapping[str, object], path: Path, before: Mapping[str, object]) -> Draft:
    """What fits of these values; what does not has the value that it had before."""
    _, mistakes = checking.checked(path.parent, plain)
    why: dict[str, str] = {}
    for mistake in mistakes:
        name = mistake.key if mistake.key in plain else mistake.key.partition(".")[0]
        why[name] = f"{why[name]} {mistake}" if name in why else str(mistake)
    left_out = tuple((said, as_yaml(key, plain[key])) for key, said in why.items())
    fitting = {key: value for key, value in plain.items() if key not in why and value is not None}
    stays = {key: before[key] for key in why if key in before}
    return Draft({**fitting, **stays}, left_out, frozenset(why))


def from_file(path: Path) -> Draft:
    """What a file that somebody prepared says; SettingsError with all its mistakes."""
    said = _unless(lambda: content.bytes_of(path))
    if said is None:
        raise SettingsError(f"There is no file {path}. A template to fill in: puente setup --show-template > {path}")
    plain, mistakes = _taken_apart(said, path)
    if mistakes:
        raise SettingsError(f"{reading.told(path, mistakes)}\nNothing was written.")
    found = {key: value for key, value in plain.items() if value is not None}
    if not found:
        raise SettingsError(
            f"{path} says nothing yet: each of its lines stands behind a #. Take the # away where you fill something "
            "in. Nothing was written."
        )
    return Draft(found, own=said)


def _taken_apart(said: bytes, path: Path) -> tuple[dict[str, object], tuple[Mistake, ...]]:
    plain = _unless(lambda: content.plain(said, path))
    return plain, checking.checked(settings.file().parent, plain)[1]


def _unless(work: Callable[[], T]) -> T:
    """The result; a refusal says that nothing was written."""
    try:
        return work()
    except SettingsError as why:
        raise SettingsError(f"{why}\nNothing was written.") from why


def mistakes_in(key: str, value: object) -> tuple[Mistake, ...]:
    """What is wrong with one value."""
    return checking.checked(settings.file().parent, {key: value})[1]


def save(draft: Draft, *, keep_former: bool = True) -> Path:
    """Writes the file; SettingsError, and everything as it was, where it does not fit."""
    path = settings.save(draft.content(), keep_former=keep_former)
    with suppress(OSError):  # whoever starts makes it then
        keys.first()
    reserve.keep_back(path.parent)
    return path
