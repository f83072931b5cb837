"""Facts that are yes, no or a choice, from the patterns of signs_*.yml; denied, supposed and asked ones stay out."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.said import patterns
from actions.said.plain import Sentence

__all__ = ["Found", "denied", "found", "readable", "rule"]

_SEEN_BEFORE = 4
_SEEN_OFTEN = 4
_TABLES = ("coverage", "travel", "home", "health")


@dataclass(frozen=True)
class Sign:
    """One fact and the patterns that say it."""

    fact: str
    value: bool | str
    denied: bool | None
    own: bool
    asking: bool
    kids: bool
    anyone: bool
    need: str | None
    cues: frozenset[str]
    match: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None


@dataclass(frozen=True)
class Found:
    """One fact as one sentence says it, and where in the sentence."""

    fact: str
    value: bool | str
    at: int


def found(sentence: Sentence, need: str | None = None) -> Iterator[Found]:
    """Every sign in a sentence, in the order of the table; two of them may contradict each other."""
    words = frozenset(sentence.text.split())
    for sign in _signs():
        if sign.cues & words and sign.need in (None, need) and not (sign.never and sign.never.search(sentence.text)):
            yield from _of(sign, sentence)


def _of(sign: Sign, sentence: Sentence) -> Iterator[Found]:
    for pattern in sign.match:
        for match in itertools.islice(pattern.finditer(sentence.text), _SEEN_OFTEN):
            value = _value(sign, sentence, match)
            if value is not None:
                yield Found(sign.fact, value, match.start())


def _value(sign: Sign, sentence: Sentence, match: re.Match[str]) -> bool | str | None:
    before = _before(sentence.text, match.start())
    if not sign.anyone and not readable(sentence, match, asking=sign.asking, kids=sign.kids):
        return None
    if sign.own or sign.anyone or not (denied(before, match[0]) or re.search(r"\bnot?\b", match[0])):
        return sign.value
    return sign.denied


def readable(sentence: Sentence, match: re.Match[str], *, asking: bool = False, kids: bool = False) -> bool:
    """Whether what was matched is stated, not supposed, asked about as a rule, or said of somebody else."""
    if conditional(sentence.text):
        return False
    start = match.start()
    tables, before = _before_words(), _before(sentence.text, start)
    others = tables["other"] - {"kids", "children", "hijos", "ninos"} if kids else tables["other"]
    if not _SUBJECT & set(before[-1:]) and others & set(_of_the_speaker(_own_clause(before), match[0])):
        return False
    if asking:
        return True
    asked = rule(sentence.text)
    if asked and asked[0] <= start and "," not in sentence.text[asked[1] : start]:
        return False
    if tables["supposed"] & _counted([*before, *match[0].split()[:1]]) or _supposed_in_spanish(sentence, before):
        return False
    if before[-1:] and before[-1] in tables["wished"]:
        return False
    return not sentence.asks or bool(_OWN.search(sentence.text[max(0, start - 14) : match.end()]))


_SUBJECT = frozenset({"i", "we", "me", "us"})
_OWN = re.compile(
    r"\b(?:i|we|my|our|she|he|me|mi|mis|yo|tengo|tenemos|soy|somos|estoy|estamos|vivo|vivimos|gano|ganamos|recibo"
    r"|recibimos|tiene|perdi|uso|usa|padezco|cuido|ando|es|me|nos)\b"
)


def _of_the_speaker(before: Sequence[str], said: str) -> Sequence[str]:
    """The words since the speaker was last named: "a ride to the doctor I do not have a car" is said of no doctor."""
    if said.split()[0] in _FIRST_PERSON:
        return ()
    named = [at for at, word in enumerate(before) if word in ("i", "we")]
    return before[named[-1] + 1 :] if named else before


_FIRST_PERSON = frozenset({"i", "we", "tengo", "tenemos", "recibo", "recibimos", "soy", "somos", "estoy", "estamos"})


def _counted(before: Sequence[str]) -> frozenset[str]:
    """The words but the last, without a "do" that only denies the next."""
    words = list(before)
    return frozenset(
        word for at, word in enumerate(words[:-1]) if not (word in _HELPS and words[at + 1 : at + 2] == ["not"])
    )


_HELPS = frozenset({"do", "does", "did", "can"})


def _supposed_in_spanish(sentence: Sentence, before: Sequence[str]) -> bool:
    """ "si" is "yes" where a statement begins, and "if" elsewhere."""
    if "si" not in before:
        return False
    return sentence.asks or not sentence.text.strip().startswith("si ") or before[0] != "si"


def conditional(text: str) -> bool:
    """Whether a text begins with an "if" that looks like a "yes": "si no tengo Medi-Cal puedo ir"."""
    return patterns.one("words", "si_is_if").search(text) is not None


_JOINTS = frozenset({"and", "y", "wait", "espere", "espera", "sorry", "perdon", "oops"})


def denied(before: Sequence[str], said: str = "") -> bool:
    """Whether the words just before deny what follows; "no i have Medi-Cal" puts right, and denies nothing."""
    words = _own_clause(before)[-3:]
    after = (*words[1:], *(said.split()[:1] or [""]))
    deny = _before_words()["not"]
    return any(word in deny and (word, next_) not in _PUTS_RIGHT for word, next_ in zip(words, after, strict=False))


_PUTS_RIGHT = frozenset(("no", word) for word in ("i", "we", "she", "he"))


def _own_clause(before: Sequence[str]) -> Sequence[str]:
    """The words before, from the last "and" on, or from where the speaker began anew ("no wait we are 4")."""
    joints = [at for at, word in enumerate(before) if word in _JOINTS]
    return before[joints[-1] + 1 :] if joints else before


def _before(text: str, start: int) -> list[str]:
    """The last words before a place, of the same clause."""
    clause = text[: start + 1 if text[start : start + 1] == " " else start].rpartition(" , ")[2]
    clause = re.split(r" (?:but|pero|because|porque) ", f" {clause} ")[-1]
    return clause.split()[-_SEEN_BEFORE:]


@functools.cache
def _signs() -> tuple[Sign, ...]:
    return tuple(_sign(plain) for name in _TABLES for plain in patterns.table(f"signs_{name}")["signs"])


def _sign(plain: Mapping[str, Any]) -> Sign:
    never = plain.get("never")
    return Sign(
        plain["fact"],
        plain["value"],
        plain.get("denied"),
        bool(plain.get("own")),
        bool(plain.get("asking")),
        bool(plain.get("kids")),
        bool(plain.get("anyone")),
        plain.get("need"),
        frozenset(plain["cues"]),
        tuple(_compiled(pattern) for pattern in plain["match"]),
        re.compile(rf"\b(?:{_filled(never)})\b") if never else None,
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_filled(pattern)})(?=\W|$)")


def _filled(pattern: str) -> str:
    return patterns.filled("words", pattern)


@functools.cache
def _before_words() -> Mapping[str, frozenset[str]]:
    # A bare `no` or `not` in YAML may be read as a boolean; every word is taken as text.
    return {key: frozenset(_text(word) for word in words) for key, words in _tables()["before"].items()}


def _text(word: object) -> str:
    return {False: "no", True: "yes"}.get(word, str(word)) if isinstance(word, bool) else str(word)


@functools.lru_cache(64)
def rule(text: str) -> tuple[int, int] | None:
    """Where a sentence asks about the rules."""
    found = _rules_asked().search(text)
    return found.span() if found else None


@functools.cache
def _rules_asked() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_filled(pattern) for pattern in _tables()["rules_asked"]) + r")\b")


def _tables() -> Mapping[str, Any]:
    return patterns.table("words")
