"""A phone in the terminal: what is typed goes to a running Puente as a text message; its texts come back counted."""

from __future__ import annotations

import json
import re
import textwrap
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot import sessions
from directory.errors import AssistantError
from directory.text import gsm

__all__ = ["COLUMNS", "Counted", "Phone", "address", "as_json", "drawn", "hint", "moved", "typed"]

COLUMNS = 40
PATIENCE_SECONDS = 30.0
_MOST_BYTES = 1024 * 1024
_DAYS = re.compile(r"\+\s?(\d{1,3})", re.ASCII)
_REFUSED = "The address {url} answered, but not as Puente does (status {status}), so nobody reads your text there. "
_AWAY = "Puente does not run at {url}, so nobody answers a text there. "
_START = "Start it in another window: puente up --demo"
_WORDS = {
    "en": {
        "hint": "A phone to try out: write a text, then Enter. In the demo +3 lets three days go by. Ctrl-D ends it.",
        "one": "1 text",
        "of": "text {number} of {texts}",
        "size": "{segments} segments",
        "small": "1 segment",
        "letters": "{encoding}, {letters} letters",
        "all": "  {texts} texts, {segments} segments",
        "silence": "  (no text comes back)",
        "later": "  ({days} days later)",
        "nothing": "  (no text is due)",
    },
    "es": {
        "hint": "Un teléfono de prueba: escriba un mensaje y Enter. En la demo con +3 pasan tres días. Ctrl-D termina.",
        "one": "1 mensaje",
        "of": "mensaje {number} de {texts}",
        "size": "{segments} segmentos",
        "small": "1 segmento",
        "letters": "{encoding}, {letters} letras",
        "all": "  {texts} mensajes, {segments} segmentos",
        "silence": "  (no llega ningún mensaje)",
        "later": "  ({days} días después)",
        "nothing": "  (no toca ningún mensaje)",
    },
}


@dataclass(frozen=True)
class Counted:
    """One text as it arrives: its words, and what carriers count."""

    text: str
    segments: int
    encoding: str

    @property
    def letters(self) -> int:
        return len(self.text)


class Phone:
    """One simulated phone with a session of its own at a running Puente; `language` is what its owner reads."""

    def __init__(self, url: str, language: str, seconds: float = PATIENCE_SECONDS) -> None:
        self._url = url.rstrip("/")
        self._language = language
        self._seconds = seconds
        self.session = self._begun()
        self._later = timedelta()

    def days_on(self, days: int, now: datetime) -> tuple[Counted, ...]:
        """The texts that come when so many more days have gone by, as they would be sent; AssistantError elsewhere."""
        if not sessions.is_session(self.session):
            raise AssistantError(
                f"The Puente at {self._url} keeps its data in another home, so no days can go by for its phones here. "
                "Type +3 on the machine where it runs, with its PUENTE_HOME."
            )
        from directory.sender import played  # every other command is spared the inbox

        self._later += timedelta(days=days)
        due = played.texts(sessions.conversation_id(self.session), now + self._later)
        return tuple(counted({"text": text}) for text in due)

    def text(self, words: str) -> tuple[Counted, ...]:
        """What comes back to that text, none where nothing does; AssistantError where Puente does not run."""
        status, body = self._sent(words)
        if status == 401:  # Puente was set up anew meanwhile
            self.session = self._begun()
            status, body = self._sent(words)
        refused = body.get("error")
        if isinstance(refused, dict):
            return (counted({"text": refused.get(self._language) or ""}),)
        messages = body.get("messages")
        if status != 200 or not isinstance(messages, list):
            raise self._strange(status)
        return tuple(counted(message) for message in messages)

    def _begun(self) -> str:
        status, body = self._posted("session", {})
        if not isinstance(body.get("session"), str):
            raise self._strange(status)
        return str(body["session"])

    def _sent(self, words: str) -> tuple[int, dict[str, Any]]:
        body = {"as": "sms", "session": self.session, "message": words, "language": self._language}
        return self._posted("message", body)

    def _posted(self, path: str, body: Any) -> tuple[int, dict[str, Any]]:
        sent = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._url}/webhooks/web/{path}", data=sent, headers=headers)
        try:
            with _OPENER.open(request, timeout=self._seconds) as response:
                return response.status, _json(response.read(_MOST_BYTES))
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, _json(refused.read(_MOST_BYTES))
        except (OSError, ValueError) as error:
            raise AssistantError(_AWAY.format(url=self._url) + _START) from error

    def _strange(self, status: int) -> AssistantError:
        told = _REFUSED.format(url=self._url, status=status)
        return AssistantError(f"{told}Give the address of Puente's page with --url, or start it: puente up --demo")


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Without a proxy: what is asked is most often on this machine."""


def address(given: str | None, port: int | None) -> str:
    """Where Puente is asked: the address that was given, else the door that runs here, else the usual port."""
    url = given or f"http://127.0.0.1:{port or 5005}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise AssistantError(f"{url[:80]} is no address, so no text can be sent there. Give one: http://127.0.0.1:5005")
    return f"{parts.scheme}://{parts.netloc}"


def counted(message: dict[str, Any]) -> Counted:
    """A text of an answer with its size, counted here where the answer does not say it."""
    text = str(message.get("text") or "")
    segments, encoding = message.get("segments"), message.get("encoding")
    return Counted(
        text,
        segments if isinstance(segments, int) else gsm.segments(text),
        encoding if isinstance(encoding, str) else gsm.encoding(text),
    )


def moved(words: str) -> int | None:
    """How many days on those words move the phone (`+3` alone); None for a text."""
    found = _DAYS.fullmatch(words.strip())
    return int(found[1]) if found else None


def hint(language: str) -> str:
    """What whoever types is told first."""
    return _WORDS[language]["hint"]


def drawn(texts: Sequence[Counted], language: str, days: int | None = None) -> Iterator[str]:
    """The lines of a small phone's screen, each text with its size beside it; `days` where so many went by before."""
    words = _WORDS[language]
    if days is not None:
        yield words["later"].format(days=days)
    if not texts:
        yield words["silence" if days is None else "nothing"]
    for number, one in enumerate(texts, 1):
        head = words["one"] if len(texts) == 1 else words["of"].format(number=number, texts=len(texts))
        yield from _beside(list(_wrapped(one.text)), _size(one, head, words))
        if number < len(texts):
            yield ""
    if len(texts) > 1:
        yield words["all"].format(texts=len(texts), segments=sum(one.segments for one in texts))
    yield ""


def _size(one: Counted, head: str, words: Mapping[str, str]) -> tuple[str, str]:
    parts = words["size" if one.segments > 1 else "small"].format(segments=one.segments)
    return f"{head}, {parts}", words["letters"].format(encoding=one.encoding, letters=one.letters)


def as_json(texts: Iterable[Counted], said: str) -> Iterator[str]:
    """One line a text: what was said, what came back, and its size."""
    for one in texts:
        yield json.dumps({"said": said, **asdict(one), "letters": one.letters}, ensure_ascii=False)


def typed(lines: Iterable[str]) -> Iterator[str]:
    """What is sent of the lines that somebody types: all but empty ones, until two empty ones follow each other."""
    empty = 0
    for line in lines:
        empty = 0 if line.strip() else empty + 1
        if empty == 2:
            return
        if not empty:
            yield line.strip()


def _wrapped(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, COLUMNS, break_on_hyphens=False) or [""]


def _beside(lines: list[str], beside: Sequence[str]) -> Iterator[str]:
    lines += [""] * (len(beside) - len(lines))
    for number, line in enumerate(lines):
        note = beside[number] if number < len(beside) else ""
        yield f"  | {line:<{COLUMNS}} | {note}".rstrip()


def _json(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
