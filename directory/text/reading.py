"""How hard a text is to read: English by Flesch-Kincaid's grade, Spanish by the INFLESZ scale, names taken out first.

English grade: Kincaid and others, 1975 (6 is a sixth grader). Spanish: Szigriszt-Pazos' perspicuity (1993), read on
the INFLESZ scale of Barrio-Cantalejo and others (2008), made on texts for patients: from 80 very easy, from 65 easy
(primary school), from 55 normal, below that hard. Fernandez-Huerta's older formula is left: it is printed in two ways.

A name nobody can say in easier words (a program, a plan, an office, a web address, a phone, a {value}) counts for
nothing. What has fewer words after that than FEWEST_WORDS is a fragment, of which no formula says anything: one long
word decides alone, in Spanish sooner, where a word has more syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from directory import plans
from directory.eligibility import rules, strict

__all__ = [
    "EXCEPTIONS", "FEWEST_WORDS", "english_syllables", "exceptions", "measure", "plain_words", "spanish_syllables",
    "without_names",
]  # fmt: skip

FEWEST_WORDS = {"en": 5, "es": 6}
_CHECKS = ("reading", "figures", "usted")
EXCEPTIONS = Path(__file__).parent / "reading_exceptions.yml"

_ADDRESS = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|gov|net|edu)\b(?:/[\w/-]+)?"
    r"|\b(?:1-)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\{\w+\}|\b[A-Z]{2,}[0-9]*\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?]+(?=[\s\"”)]|$)|\n|:\s*$")
# English: an e that is not heard, before a second word or an ending, or at the end.
_MUTE_INSIDE = re.compile(
    r"(?<=[^aeiouy])e(?=(?:less|ful|fully|ly|ment|ments|ness|time|times|thing|things|giver|givers|body|one|where|what)$)"
    r"|(?<=\bev)e(?=ry)"
)
_MUTE_END = re.compile(
    r"(?<=[aeiouy]l)es?$|(?<![sxzcgl])(?<![sc]h)(?<![aeiouy])es$|(?<=[^tdaeiouy])(?<![bcdfgkpstz]l)ed$|(?<=[^laeiouy])e$"
)
# English: two vowels that are said apart: soc-i-al is not, sen-i-or, ar-e-a, go-ing, us-u-al and di-et are.
_APART = re.compile(
    r"(?<![ctgs])i(?=[ao](?!n))|(?<=[rd]e)(?=as?$)|(?<=[uoy])(?=ing$)|(?<=[^q]u)(?=al|ar|ate)|(?<=i)(?=et|en[ct])"
)
_VOWELS = re.compile(r"[aeiouy]+")
# Spanish: a strong vowel with the weak ones beside it, or weak ones alone; an accented i or u stands by itself.
_SPANISH = re.compile(r"(?:[iuü](?=[aeoáéó]))?[aeoáéó](?:[iuü](?![aeoáéó])|y\b)?|[íú]|[iuü]+y?|y\b")


def measure(text: str, language: str) -> float | None:
    """The grade of an English text, the INFLESZ ease of a Spanish one; None for a fragment of few words."""
    plain = without_names(text)
    words = plain_words(plain)
    if len(words) < FEWEST_WORDS[language]:
        return None
    per_sentence = len(words) / max(1, _sentences(plain))
    if language == "es":
        return 206.835 - 62.3 * sum(map(spanish_syllables, words)) / len(words) - per_sentence
    return 0.39 * per_sentence + 11.8 * sum(map(english_syllables, words)) / len(words) - 15.59


def plain_words(text: str) -> list[str]:
    """The words of a text; figures are none."""
    return _WORD.findall(text)


def without_names(text: str) -> str:
    """The text without names of programs, plans and offices, web addresses, phones, {values} and short forms."""
    return _names().sub(" ", _ADDRESS.sub(" ", text))


def english_syllables(word: str) -> int:
    """The syllables of an English word."""
    parts = [part for part in re.split(r"['’-]", word.lower()) if part]
    return sum(map(_english, parts)) if parts else 1


def _english(word: str) -> int:
    if word in ("s", "t", "m", "d", "ll", "re", "ve"):  # what an apostrophe leaves
        return 0
    bare = _MUTE_END.sub("", _MUTE_INSIDE.sub("", word))
    return max(1, len(_VOWELS.findall(_APART.sub(lambda found: f"{found[0]}-", bare))))


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word."""
    bare = re.sub(r"(?<=[gq])u(?=[eiéí])|h", "", unicodedata.normalize("NFC", word.lower()))
    return max(1, len(_SPANISH.findall(bare)))


def exceptions(check: str) -> dict[tuple[str, str], str]:
    """Texts that need not pass a check (`reading`, `figures`, `usted`), by id and language, with the reason."""
    found = {}
    for entry in strict.read(EXCEPTIONS).fields(("names", "texts"))["texts"].each():
        parts = entry.fields(("id", "language", "check", "reason"))
        language, reason = parts["language"].one_of(("en", "es")), parts["reason"].text()
        if parts["check"].one_of(_CHECKS) == check:
            found[parts["id"].text(), language] = reason
    return found


def _sentences(text: str) -> int:
    parts = [part for part in _END.split(text) if part and _WORD.search(part)]
    return len(parts)


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(set(_said_names()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _said_names() -> Iterator[str]:
    """Names from our own tables; of "Rent for 6 months (Transitional Rent)" the whole and what stands in brackets."""
    for plan in plans.plans().values():
        yield from (plan.name, plan.short_name)
    for program in rules.programs().values():
        yield from _parts((program.official.en, program.official.es, *program.codes))
    for kind in plans.kinds().values():
        yield from _parts((kind.label.en, kind.label.es))
    yield from strict.read(EXCEPTIONS).fields(("names", "texts"))["names"].texts()


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield name
        yield from (part.strip() for part in re.split(r"[()]", name) if len(part.strip()) > 2)
