"""A real Chromium, and a page that remembers what it complained of and whom it called."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

PATIENCE = 20_000  # milliseconds: an answer on a busy machine


@dataclass
class Visit:
    """One person's visit: the page, what it complained of, the hosts it called, and the bytes it took."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    responses: list[Response] = field(default_factory=list)

    def watch(self) -> Visit:
        def complain(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        def called(request: Request) -> None:
            self.hosts.add(urlsplit(request.url).netloc)

        self.page.on("console", complain)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", called)
        self.page.on("response", lambda response: self.responses.append(response))
        return self

    def open(self) -> Page:
        """Opens the chat page and waits for its greeting."""
        self.page.goto(self.url)
        self.page.wait_for_selector(".choices.needs button")
        return self.page

    def say(self, text: str) -> None:
        """Writes a message, sends it, and waits until it is answered."""
        before = self.page.locator(".said.helper").count()
        self.page.locator("#words").fill(text)
        self.page.keyboard.press("Enter")
        self.answered(before)

    def answered(self, before: int) -> None:
        """Waits until there are more answers than `before` and nothing is on its way."""
        self.page.wait_for_function(
            "before => document.querySelectorAll('.said.helper').length > before"
            " && !document.querySelector('.status.busy')",
            arg=before,
        )

    def last(self) -> str:
        """The words of the last answer."""
        return self.page.locator(".said.helper").last.inner_text()


@pytest.fixture
def visit(browser: Browser, assistant_url: str) -> Iterator[Callable[..., Visit]]:
    """Begins a visit with the given context options (a phone, in English, unless told otherwise)."""
    contexts = []

    def begin(**options: object) -> Visit:
        defaults: dict[str, object] = {"viewport": {"width": 360, "height": 740}, "locale": "en-US"}
        context = browser.new_context(**{**defaults, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visit(context.new_page(), assistant_url).watch()

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def door(home: Path) -> Iterator[str]:
    """The address of a door whose assistant is away."""
    with socket.create_server(("127.0.0.1", 0)) as open_door, socket.create_server(("127.0.0.1", 0)) as nobody:
        away = nobody.getsockname()[1]
        nobody.close()
        command = [sys.executable, "-m", "bot.door", "--socket", str(open_door.fileno()), "--assistant", str(away)]
        own = {**os.environ, "PUENTE_HOME": str(home)}
        with subprocess.Popen(command, pass_fds=[open_door.fileno()], env=own) as process:
            url = f"http://127.0.0.1:{open_door.getsockname()[1]}/webhooks/web/"
            yield url
            process.terminate()


@pytest.fixture
def at(browser: Browser, door: str) -> Iterator[Callable[..., Visit]]:
    """Begins a visit to that door: a phone, in English, unless told otherwise."""
    with ExitStack() as stack:

        def begin(**options: object) -> Visit:
            defaults: dict[str, object] = {"viewport": {"width": 360, "height": 740}, "locale": "en-US"}
            context = browser.new_context(**{**defaults, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
            context.set_default_timeout(PATIENCE)
            stack.callback(context.close)
            return Visit(context.new_page(), door).watch()

        yield begin
