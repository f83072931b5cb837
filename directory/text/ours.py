"""The clinic's settings as people are told of them."""

from __future__ import annotations

from directory import settings

__all__ = ["ours", "reach"]


def ours() -> settings.Settings:
    """The settings in force; neutral ones where Puente's folder itself is away, as with a disk that was pulled out."""
    try:
        return settings.settings()
    except OSError:
        return settings.Settings()


def reach(clinic: settings.Settings) -> str | None:
    """The clinic's name with its number, as far as both are known; None for one that is not named or is invented."""
    if clinic.invented or not clinic.clinic:
        return None
    return f"{clinic.clinic} ({clinic.phone})" if clinic.phone else clinic.clinic
