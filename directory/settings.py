"""The clinic: its name, its phone, and whether this is the demo; from `$PUENTE_HOME/settings.yml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from directory import store
from directory.errors import SettingsError

__all__ = ["Settings", "settings"]


@dataclass(frozen=True)
class Settings:
    """What the clinic says of itself; `clinic` and `phone` are None until the clinic says them."""

    clinic: str | None = None
    phone: str | None = None
    demo: bool = False


DEMO = Settings(clinic="Puente Demo Clinic", phone="209-555-0100", demo=True)


def settings(path: Path | None = None) -> Settings:
    """The settings in force; neutral ones when there is no file; SettingsError when one does not fit."""
    file = path or store.home() / "settings.yml"
    if not file.exists():
        return Settings()
    try:
        plain = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not YAML, so the clinic's settings are unknown. Correct it: {error}") from error
    return _checked(file, {} if plain is None else plain)


def _checked(file: Path, plain: object) -> Settings:
    if not isinstance(plain, dict):
        raise SettingsError(f"{file} must hold lines such as `clinic: Name of the clinic`. Correct or remove it.")
    known = {field.name for field in fields(Settings)}
    if unknown := sorted(str(key) for key in plain if key not in known):
        raise SettingsError(f"{file}: {unknown[0]!r} is no setting. Known settings: {', '.join(sorted(known))}.")
    demo = plain.get("demo", False)
    if not isinstance(demo, bool):
        raise SettingsError(f"{file}: `demo` must be true or false, not {demo!r}.")
    base = DEMO if demo else Settings()
    return Settings(
        clinic=_text(file, "clinic", plain.get("clinic")) or base.clinic,
        phone=_text(file, "phone", plain.get("phone")) or base.phone,
        demo=demo,
    )


def _text(file: Path, key: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(f"{file}: `{key}` must be text in quotes, not {value!r}.")
