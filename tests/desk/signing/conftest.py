"""A desk with people who have passwords, and a clock that a test may turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from directory.accounts import Account, Role, passwords, people
from directory.desk.app import create_app
from directory.desk.frame.routes import COOKIE
from tests.desk.listings import NOW

PASSWORD = "zorro mesa lunar"


@dataclass
class Clock:
    """The time at the desk."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Entrance:
    """Browsers before the desk of one home."""

    home: Path
    clock: Clock = field(default_factory=Clock)

    def browser(self, base: str = "http://127.0.0.1:8000", address: str = "192.0.2.1") -> TestClient:
        """A browser without a cookie."""
        app = create_app(lambda: self.home / "directory.db", now=self.clock)
        return TestClient(
            app, base_url=base, raise_server_exceptions=False, follow_redirects=False, client=(address, 50000)
        )

    def somebody(self, name: str, role: Role = Role.CHW) -> Account:
        """An account with the password of these tests."""
        account = people.add(name, role, NOW, shown=f"{name.title()} Rivera", organization="Kite Clinic")
        passwords.put(account, PASSWORD, NOW)
        return account

    def signed_in(self, name: str, role: Role = Role.CHW) -> TestClient:
        """The browser of somebody who signed in by the form."""
        if people.by_name(name) is None:
            self.somebody(name, role)
        browser = self.browser()
        assert enter(browser, name).status_code == 303
        assert browser.cookies.get(COOKIE)
        return browser


def enter(browser: TestClient, name: str, password: str = PASSWORD, **more: str) -> Response:
    """The form of the sign-in page, sent."""
    return browser.post("/signin", data={"name": name, "password": password, **more})


@pytest.fixture
def entrance(desk_home: Path) -> Iterator[Entrance]:
    yield Entrance(desk_home)
