"""A home without anything, and people with passwords in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory.accounts import Account, Role, passwords, people

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=timezone.utc)
PASSWORD = "zorro mesa lunar"


@pytest.fixture
def accounts_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def somebody(accounts_home: Path) -> Callable[..., Account]:
    """An account with a password; without one when `ready` is False."""

    def made(name: str, role: Role = Role.CHW, *, ready: bool = True) -> Account:
        account = people.add(name, role, NOW, shown=f"{name.title()} Rivera", organization="Kite Clinic")
        if ready:
            passwords.put(account, PASSWORD, NOW)
        return account

    return made
