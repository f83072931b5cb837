"""Writes `data/responses.yml` from `en.yml` and `es.yml`: a checked projection that nobody edits by hand.

Each response has a Spanish variant that holds when the slot `language` is `es`, and an English one without a condition.
A variant for a channel is never written: Rasa would prefer it to the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from directory.reply import VERSION, Kind

__all__ = ["TARGET", "messages", "projected", "write"]

_HERE = Path(__file__).parent
TARGET = _HERE.parents[1] / "data" / "responses.yml"
_KEYS = {"kind", "text", "sms", "phones"}
_HEAD = "# Written by `python -m bot.messages.project` from bot/messages/{en,es}.yml; change those.\n"


def messages(language: str) -> dict[str, dict[str, Any]]:
    """The fixed replies in that language; ValueError names the file and key of what is not as it must be."""
    file = _HERE / f"{language}.yml"
    plain: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for name, message in plain.items():
        _check(f"{file.name}, {name}", message)
    return plain


def _check(where: str, message: Mapping[str, Any]) -> None:
    if unknown := sorted(set(message) - _KEYS):
        raise ValueError(f"{where}: unknown key {unknown[0]!r}. Known: {', '.join(sorted(_KEYS))}.")
    if not str(message.get("text") or "").strip():
        raise ValueError(f"{where}: a reply needs a text.")
    if "{" in message["text"]:
        raise ValueError(f"{where}: a fixed reply takes no values; a person would read the braces.")
    Kind(message["kind"])


def projected() -> str:
    """The text of `data/responses.yml`."""
    english, spanish = messages("en"), messages("es")
    if set(english) != set(spanish):
        raise ValueError(
            f"en.yml and es.yml differ in: {', '.join(sorted(set(english) ^ set(spanish)))}. Write the twin."
        )
    responses = {name: [_spanish(spanish[name]), _plain(english[name], "en")] for name in english}
    body = yaml.safe_dump({"version": "3.1", "responses": responses}, allow_unicode=True, sort_keys=False, width=1000)
    return _HEAD + body


def _spanish(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"condition": [{"type": "slot", "name": "language", "value": "es"}], **_plain(message, "es")}


def _plain(message: Mapping[str, Any], language: str) -> dict[str, Any]:
    phones = list(message.get("phones", ()))
    custom = {"v": VERSION, "kind": message["kind"], "phones": phones, "language": language}
    return {"text": message["text"], "custom": custom}


def write(target: Path = TARGET) -> None:
    """Writes the projection."""
    target.write_text(projected(), encoding="utf-8")


if __name__ == "__main__":
    write()
