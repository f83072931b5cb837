"""Messages as a phone shows them: no marks of pages, a typewriter's letters, in parts that are not cut badly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from directory.reply import Kind
from directory.text import budget, gsm
from directory.text.ours import ours

__all__ = ["MOST_LETTERS", "fitted", "plain"]

MOST_LETTERS = 1600
"""Twilio refuses a longer message whole."""
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:https?://)?([^()\s]+)\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6} +", re.M)
_CODE = re.compile(r"`+([^`\n]+)`+")
_BULLET = re.compile(r"^([ \t]*)[\u2022\u25cf\u25aa\u2023\u00b7*] +", re.M)
_ADDRESS = re.compile(r"\bhttps?://(?:www\.)?(?=[a-z0-9-]+\.)", re.I)
_LAST_SLASH = re.compile(r"((?:[a-z0-9-]+\.)+[a-z]{2,})/(?=[\s.,;:)]|$)", re.I)
_GAPS = re.compile(r"[ \t]+(?=\n|$)|(?<=\n)[ \t]+(?=\n)")
_EMPTY_LINES = re.compile(r"\n{2,}")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def fitted(messages: Iterable[Mapping[str, Any]], *, accents: str | None = None) -> list[dict[str, Any]]:
    """Each message as the texts that are sent: `{"text", "custom", "segments", "encoding"}`; an empty one is none.

    `accents` is "keep" or "fold"; by default as the settings say.
    """
    keep = (accents or _accents()) != "fold"
    return [one for message in messages for one in _texts(message, keep)]


def plain(text: str) -> str:
    """The text without what only a page can show: marks of emphasis, links, bullets, empty lines, hidden letters."""
    shown = _LINK.sub(_linked, text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    shown = _CODE.sub(r"\1", _HEADING.sub("", _STRONG.sub(r"\2", shown)))
    shown = _LAST_SLASH.sub(r"\1", _ADDRESS.sub("", _BULLET.sub(r"\1- ", shown)))
    return _EMPTY_LINES.sub("\n", _GAPS.sub("", _CONTROL.sub("", shown))).strip()


def _texts(message: Mapping[str, Any], keep: bool) -> Iterator[dict[str, Any]]:
    custom = dict(message.get("custom") or {})
    text = gsm.folded(plain(str(message.get("text") or "")), accents=keep)
    for part in _parted(text, _most(custom)):
        yield {"text": part, "custom": custom, "segments": gsm.segments(part), "encoding": gsm.encoding(part)}


def _parted(text: str, most: int) -> tuple[str, ...]:
    parts = gsm.parted(text, most) if text else ()
    return tuple(piece for part in parts for piece in _short_enough(part))


def _short_enough(text: str) -> tuple[str, ...]:
    """Twilio counts letters, whatever carriers make of them."""
    most = 9
    parts: tuple[str, ...] = (text,)
    while any(len(part) > MOST_LETTERS for part in parts):
        parts, most = gsm.parted(text, most), most - 1
    return parts


def _most(custom: Mapping[str, Any]) -> int:
    try:
        return budget.most(Kind(custom.get("kind")))
    except ValueError:
        return budget.most(Kind.LANGUAGE)


def _linked(found: re.Match[str]) -> str:
    words, address = found[1].strip(), found[2]
    return address if words.casefold() in address.casefold() else f"{words}: {address}"


def _accents() -> str:
    return str(getattr(ours().sms, "accents", "keep"))
