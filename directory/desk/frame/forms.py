"""What a form sent: read whole or refused, bounded, with at most one file, which lies in a private folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from directory import store

__all__ = ["LARGEST_FILE", "LONGEST", "Form", "Upload", "received"]

LONGEST = 4000
"""Letters of one field; what is longer is cut."""
LARGEST_FILE = 25_000_000
"""Bytes of an upload. The largest directory that a plan of California publishes is some 10 MB as Excel."""
_LARGEST_FORM = 1_000_000
_MOST_FIELDS = 3000
_DRAINED = 200_000_000
"""What is too large is read and thrown away up to here: a browser shows our sentence only after it has sent all."""


@dataclass(frozen=True)
class Upload:
    """A file that somebody handed in: its base name as they know it, and where it lies under a random one."""

    name: str
    path: Path


@dataclass(frozen=True)
class Form:
    """The fields that were sent, as text without spaces around it, each at most 4,000 letters."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """The first value of a field; `default` when it was not sent."""
        found = self.fields.get(name)
        return found[0] if found else default

    def all(self, name: str) -> list[str]:
        """Every value of a field, in its order."""
        return list(self.fields.get(name, ()))

    def file(self, name: str) -> Upload | None:
        """The file of that field; None when none was chosen."""
        return self.files.get(name)

    def drop_files(self) -> None:
        """Deletes the files of a form that was refused: nobody will ever open them."""
        for file in self.files.values():
            file.path.unlink(missing_ok=True)


async def received(request: Request, *, upload: bool) -> Form:
    """What the request sent; HTTPException 413 when it is too large, 400 when it is no form."""
    most = LARGEST_FILE + _LARGEST_FORM if upload else _LARGEST_FORM
    counted = _Counted(request.receive, most)
    request = Request(request.scope, counted)
    sent = request.form(max_files=1 if upload else 0, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_FORM)
    try:
        async with sent as data:
            await counted.refuse_too_large()
            return Form(_fields(data), await run_in_threadpool(_files, data))
    except HTTPException:
        await counted.refuse_too_large()
        raise


class _Counted:
    """Passes a body on up to so many bytes; the rest is thrown away."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._seen = 0
        self._whole = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._seen > self._most:
            raise HTTPException(413)
        return message

    async def refuse_too_large(self) -> None:
        if self._seen <= self._most:
            return
        async for _ in self._rest():
            pass
        raise HTTPException(413)

    async def _rest(self) -> AsyncIterator[None]:
        while not self._whole and self._seen < _DRAINED:
            message = await self._receive()
            self._seen += len(message.get("body", b""))
            self._whole = message["type"] == "http.disconnect" or not message.get("more_body", False)
            yield


def _fields(data: FormData) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in data.multi_items():
        if isinstance(value, str):
            name = _plain(name)
            found[name] = (*found.get(name, ()), _plain(value))
    return found


def _plain(value: str) -> str:
    """The text with one kind of line end, and nothing in it that no file and no page can hold."""
    # An encoding that the sender named can give halves of letters.
    whole = value.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]


def _files(data: FormData) -> dict[str, Upload]:
    sent = ((name, value) for name, value in data.multi_items() if isinstance(value, UploadFile))
    return {name: _kept(value) for name, value in sent if value.filename}


def _kept(sent: UploadFile) -> Upload:
    folder = store.home() / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := sent.file.read(1 << 20):
            file.write(piece)
    return Upload(_base_name(sent.filename or ""), path)


def _base_name(said: str) -> str:
    """The name without any folder, whichever system's; only what can be shown in one line."""
    plain = "".join(letter for letter in PureWindowsPath(said).name if letter.isprintable())
    return plain.strip()[-120:] or "list"
