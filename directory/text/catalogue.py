"""The texts of `en.yml` and `es.yml` (and `*.en.yml`, `*.es.yml` beside them): a sentence for a key and a language.

Keys are dotted (`listing.open`); a file may nest them. The same key in two files is refused. Where the clinic has words
of its own for a key (`directory/wording.py`), those are said. `{clinic}` needs no value: it is the clinic of the
settings with its number, else "your clinic".

A text may have a shorter form for text messages, `<key>.sms`; inside `by_text` that one is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import yaml

from directory import wording
from directory.errors import RulesError
from directory.model import Language
from directory.text.ours import ours, reach

__all__ = ["SHORT", "by_text", "is_by_text", "keys", "placeholders", "say", "shipped"]

SHORT = ".sms"
"""What the key of a short form ends with."""

_DE_EL = re.compile(r"\bde el (?=condado)")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# A turn is answered in one channel from beginning to end; a flag in each of a hundred calls could be forgotten in one.
_BY_TEXT: ContextVar[bool] = ContextVar("by_text", default=False)


@contextmanager
def by_text(short: bool = True) -> Iterator[None]:
    """Inside, every text that has a form for text messages is said in it, unless `short` is False."""
    before = _BY_TEXT.set(short)
    try:
        yield
    finally:
        _BY_TEXT.reset(before)


def is_by_text() -> bool:
    """Whether what is said now goes into a text message."""
    return _BY_TEXT.get()


def say(key: str, language: Language, /, **values: object) -> str:
    """The text of that key with its values put in; RulesError when the key or one of its values is missing."""
    text = _text(key, language)
    if "{clinic}" in text and values.get("clinic") is None:
        values["clinic"] = reach(ours()) or _text("clinic.yours", language)
    missing = [name for name in _PLACEHOLDER.findall(text) if values.get(name) is None]
    if missing:
        raise RulesError(
            f"directory/text/{language.value}.yml: the text {key!r} needs a value for {', '.join(missing)}. "
            "A person would read braces instead of words. Give `say` that value."
        )
    said = _PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), text)
    # "cerca de" + "el condado": Spanish runs the two words together; names stay ("de El Monte").
    return _DE_EL.sub("del ", said) if language is Language.ES else said


def keys(language: Language) -> Set[str]:
    """Every key that has a text in that language."""
    return _texts(language).keys()


def placeholders(key: str, language: Language) -> frozenset[str]:
    """The names of the values that a text needs."""
    return frozenset(_PLACEHOLDER.findall(_text(key, language)))


def _text(key: str, language: Language) -> str:
    texts = _texts(language)
    text = (texts.get(f"{key}{SHORT}") if _BY_TEXT.get() else None) or texts.get(key)
    if text is None:
        raise RulesError(
            f"directory/text/{language.value}.yml has no text {key!r}, so there is nothing to say. "
            "Add the key to en.yml and es.yml."
        )
    return text


@cache
def _texts(language: Language) -> Mapping[str, str]:
    found = shipped(language.value)
    said = {key: wording.words(key, language.value, text) for key, text in found.items()}
    own = {key for key, text in said.items() if text != found[key]}
    # Where the clinic wrote a text itself, the short form that ships would bring back what it replaced.
    return {key: text for key, text in said.items() if key in own or key.removesuffix(SHORT) not in own}


@cache
def shipped(language: str) -> Mapping[str, str]:
    """Every text that ships in that language, without the clinic's own words."""
    folder = Path(__file__).parent
    texts: dict[str, str] = {}
    for file in sorted([folder / f"{language}.yml", *folder.glob(f"*.{language}.yml")]):
        for key, text in _flat(file.name, yaml.safe_load(file.read_text(encoding="utf-8"))):
            if key in texts:
                raise RulesError(f"directory/text/{file.name}: the key {key!r} exists already. Keep one of the two.")
            texts[key] = _checked(file.name, key, text)
    return texts


def _flat(file: str, plain: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    if not isinstance(plain, dict):
        raise RulesError(f"directory/text/{file}: {prefix or 'the file'} must hold lines such as `key: text`.")
    for key, value in plain.items():
        # YAML reads some bare words (on, yes, no) as something else; a key has to be written as text.
        if not isinstance(key, str):
            raise RulesError(f"directory/text/{file}: the key {key!r} is not text. Write it in quotes.")
        if isinstance(value, dict):
            yield from _flat(file, value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _checked(file: str, key: str, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise RulesError(f"directory/text/{file}: {key!r} has no text. Write the text in quotes.")
    rest = _PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        raise RulesError(
            f"directory/text/{file}: the text {key!r} has a brace that is no {{value}}. "
            "A person would read it. Write placeholders as {small_letters}."
        )
    return text.strip()
