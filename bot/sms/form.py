"""A form as Twilio posts it, read with bounds: names and values in their order, each as often as it came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

__all__ = ["Form", "read"]

_MOST_FIELDS = 200
"""Twilio sends some thirty."""
_KIND = "application/x-www-form-urlencoded"
_CHARSETS = ("utf-8", "us-ascii", "iso-8859-1", "windows-1252")


@dataclass(frozen=True)
class Form:
    """The fields of a form; iterating gives their names, as Twilio's validator wants it."""

    pairs: tuple[tuple[str, str], ...]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def getall(self, name: str) -> list[str]:
        """All values of that name."""
        return [value for known, value in self.pairs if known == name]

    def get(self, name: str) -> str:
        """The first value of that name; "" where there is none."""
        return next((value for known, value in self.pairs if known == name), "")


def read(body: bytes, kind: str, charset: str | None) -> Form | None:
    """The form in that body; None for what is none, for letters that cannot be read and for too many fields."""
    spoken = (charset or "utf-8").lower()
    if kind != _KIND or spoken not in _CHARSETS:
        return None
    try:
        pairs = parse_qsl(
            body.decode(spoken), keep_blank_values=True, encoding=spoken, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:  # UnicodeDecodeError too
        return None
    return Form(tuple(pairs))
