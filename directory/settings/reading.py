"""Reads `$PUENTE_HOME/settings.yml`; every key may be left away, and one that does not fit is named.

It is the demo when the file says so or when invented places are published; only where nothing real is published does
an invented clinic stand in for the one that is not named.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import yaml

from directory import store
from directory.errors import DirectoryMissing, SettingsError
from directory.settings import checking
from directory.settings.shape import Settings

__all__ = ["DEMO_CLINIC", "DEMO_PHONE", "file", "refuse_demo_with_sender", "settings"]

DEMO_CLINIC = "Puente Demo Clinic"
DEMO_PHONE = "209-555-0100"


def settings(path: Path | None = None) -> Settings:
    """The settings in force; neutral ones when there is no file; SettingsError when one does not fit."""
    said = _said(path or file())
    real, invented = _published()
    if real or not (said.demo or invented):
        return replace(said, demo=said.demo or invented)
    stands_in = said.clinic is None or said.phone is None
    return replace(
        said, clinic=said.clinic or DEMO_CLINIC, phone=said.phone or DEMO_PHONE, demo=True, invented=stands_in
    )


def refuse_demo_with_sender(*, demo: bool) -> None:
    """SettingsError when there are invented places (`demo`) and the settings name who sends real text messages.

    Whatever publishes places or starts to answer people asks this first.
    """
    sender = settings().sms
    if demo and sender:
        raise SettingsError(
            f"{file()} names a sender of real text messages ({sender.number}), so invented demo places must not be "
            "published beside it: somebody could be sent to a door that does not exist. Take the demo out with "
            "`puente demo remove`, or take `sms` out of the settings."
        )


def file() -> Path:
    """Where the clinic's settings lie, whether or not the file is there."""
    return store.home() / "settings.yml"


def _said(path: Path) -> Settings:
    return checking.checked(path, _plain(path)) if path.exists() else Settings()


def _published() -> tuple[bool, bool]:
    """Whether any real list is published, and whether any invented one is."""
    try:
        with store.open_directory(any_layout=True) as connection:
            lists = store.sources(connection)
    except (DirectoryMissing, sqlite3.DatabaseError):  # a damaged directory is told by whoever searches it
        return False, False
    return any(not item.demo for item in lists), any(item.demo for item in lists)


def _plain(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not YAML, so the clinic's settings are unknown. Correct it: {error}") from error
