"""Puente paused: every channel answers one sentence of the clinic with the lines that are always awake.

It is a small file, `$PUENTE_HOME/pause.json`, so that it holds at once, without a restart and while the assistant is
down. A file that cannot be read means paused, with the fixed sentence: somebody wanted Puente quiet. Wrongly quiet,
people still get 911, 988, 211 and the clinic, and danger is still answered; wrongly open, people are sent to a clinic
that is closed.
"""

from __future__ import annotations

import errno
import json
import os
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import reserve, store, whole_files
from directory.errors import PauseError
from directory.model import Language
from directory.text.catalogue import say
from directory.text.ours import ours

__all__ = ["LONGEST", "Paused", "clinic_phone", "file", "pause", "paused", "phones", "resume", "sentence"]

LONGEST = 300
"""Characters of a sentence: with the lines it is three text messages at most."""
_MOST_BYTES = 8192
_LINES = ("911", "988", "211")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_MAKE_ROOM = "Make room (puente purge says what is big), then try again."
_BY_HAND = "To silence Puente at once, stop it: Ctrl-C where it runs, or `systemctl stop puente`."


@dataclass(frozen=True)
class Paused:
    """Since when, by whom, and the clinic's words; None for the fixed sentence. `damaged`: the file tells nothing."""

    en: str | None = None
    es: str | None = None
    who: str | None = None
    since: datetime | None = None
    damaged: bool = False


def file() -> Path:
    """Where it stands that Puente is paused; no file, no pause."""
    return store.home() / "pause.json"


def pause(en: str | None, es: str | None, who: str, now: datetime, *, dry_run: bool = False) -> Paused:
    """Pauses at once; PauseError for a sentence that people could not read, and then nothing changes.

    On a full disk the room kept back is used; without any it is a pause with the fixed sentence, told as `damaged`.
    """
    made = Paused(_checked(en, "in English"), _checked(es, "in Spanish"), " ".join(who.split())[:80], now)
    if dry_run:
        return made
    body = {"en": made.en, "es": made.es, "who": made.who, "since": now.isoformat()}
    if _written(file(), json.dumps(body, ensure_ascii=False, indent=1) + "\n"):
        return made
    return Paused(who=made.who, since=now, damaged=True)


def resume() -> bool:
    """Ends the pause; whether there was one. PauseError when the file cannot be taken away."""
    try:
        file().unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise PauseError(
            f"{file()} cannot be removed ({error.strerror}), so Puente stays paused. Remove it by hand."
        ) from error
    return True


def paused() -> Paused | None:
    """The pause in force; asked for every message, so it reads one small file and nothing else."""
    try:
        with file().open("rb") as opened:
            held = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError:
        return Paused(damaged=True)
    return _read(held)


def sentence(language: str | None, found: Paused | None = None) -> str:
    """What a person reads while Puente is paused, in their language; in both where it is not known."""
    now = found or paused() or Paused()
    if language not in tuple(Language):
        return "\n".join(sentence(each.value, now) for each in Language)
    spoken = Language(language)
    phone = clinic_phone()
    clinic = [say("pause.clinic", spoken, phone=phone)] if phone else []
    return " ".join([_words(now, spoken), say("pause.lines", spoken), *clinic])


def phones() -> tuple[str, ...]:
    """The numbers that such a sentence names."""
    phone = clinic_phone()
    return (*_LINES, phone) if phone else _LINES


def clinic_phone() -> str | None:
    """The clinic's number as people dial it, or None where the settings name none or cannot be reached."""
    return ours().phone


def _words(found: Paused, spoken: Language) -> str:
    if spoken is Language.ES and found.es is None and found.en is not None:
        return say("pause.in_english", spoken, words=found.en)
    own = found.es if spoken is Language.ES else found.en
    return own or say("pause.closed", spoken)


def _checked(text: str | None, which: str) -> str | None:
    if text is None:
        return None
    words = text.strip()
    if problem := _problem(words):
        raise PauseError(f"The sentence {which} {problem}. Nothing was changed: Puente answers as before.")
    return words if words[-1] in ".!?" else f"{words}."


def _problem(text: str) -> str | None:
    if not text:
        return "is empty, so people would read nothing. Write one, or leave it away for the fixed sentence"
    if len(text) > LONGEST:
        return f"has {len(text)} letters, and {LONGEST} fit beside the lines for help. Make it shorter"
    if any(letter in "\n\r\u2028\u2029\x0b\x0c\x85" for letter in text):
        return "has more than one paragraph, and some phones show only the first. Write one line"
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in text):
        return "holds invisible or control characters, which phones show in odd ways. Type it anew"
    return None


def _read(held: bytes) -> Paused:
    try:
        body = json.loads(held) if len(held) <= _MOST_BYTES else {}
        en, es, who, since = (body[key] for key in ("en", "es", "who", "since"))
        texts = [text for text in (en, es) if text is not None]
        if any(not isinstance(text, str) or _problem(text) for text in texts) or not isinstance(who, str):
            return Paused(damaged=True)
        return Paused(en, es, who[:80], datetime.fromisoformat(since))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Paused(damaged=True)


def _written(path: Path, text: str) -> bool:
    """Whether the words are kept; False where the disk had room for an empty file alone, which is a pause as well."""
    try:
        _with_reserve(path, text)
    except OSError as error:
        if error.errno not in _FULL:
            raise PauseError(f"{path} cannot be written ({error.strerror}), {_went(path)} {_BY_HAND}") from error
        _emptied(path)
        return False
    return True


def _with_reserve(path: Path, text: str) -> None:
    try:
        whole_files.write(path, text)
    except OSError as error:
        if error.errno not in _FULL or not reserve.spend(path.parent):
            raise
        whole_files.write(path, text)


def _emptied(path: Path) -> None:
    """An empty file takes no room; it is not put in the place of a sentence that people read already."""
    if path.exists():
        raise PauseError(f"The disk is full, so the new sentence cannot be kept; {_went(path)} {_MAKE_ROOM}")
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise PauseError(f"The disk is full to its last file, {_went(path)} {_MAKE_ROOM} {_BY_HAND}") from error


def _went(path: Path) -> str:
    if path.exists():
        return "and Puente stays paused with the sentence of before."
    return "so Puente is not paused and goes on answering."
