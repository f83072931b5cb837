"""A real Chromium, and a page that remembers what it complained of and whom it called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
