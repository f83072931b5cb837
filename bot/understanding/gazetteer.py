"""Finds what a message names: needs, programs, places, ZIPs, plans, languages, times and people.

Exact phrases first (spaCy's PhraseMatcher over folded words, the longest wins); misspelled words are corrected only
when no vocabulary knows them; what a person says they do not want or mean is cut out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.understanding.found import Found, Sighting, filler
from bot.understanding.guided import Guided
from bot.understanding.placing import surely_a_place, zips
from bot.understanding.text import LIMIT, Token, fold, plain, tokens, words_file

__all__ = ["Found", "Gazetteer", "Lexicon", "Sighting"]

_RANK = ("staff", "program", "plan", "language_wanted", "person_about", "when", "urgent", "place", "need", "not_when")
_BESIDE = frozenset({"urgent", "topic", "guide"})
"""Kinds that are said in words which name something else too."""
_OUTPUT = frozenset(
    {"program", "plan", "language_wanted", "person_about", "when", "place", "zip", "need", "topic", "guide"}
)
_DENIABLE = frozenset({"need", "program", "place", "zip", "plan", "language_wanted", "guide"})
_MOST_STRANGE = 6
_MOST_FUZZY = 12
_DRAWN_OUT = re.compile(r"(.)\1+")
_SPANISH_S = re.compile(r"es[bcdfghklmnpqtvw]")


@dataclass(frozen=True)
class Lexicon:
    """What can be named, folded name -> value, by kind; `strict` are place names that are ordinary words too.

    `weak` are needs' words and programs that count only where nothing plainer is named, `also` is a second need that a
    name means (an eviction notice: legal help), `together` are programs that a need and one of some words make.
    `guides` are the names of guides, which leave what else is named in their words as it is.
    """

    names: Mapping[str, Mapping[str, str]]
    strict: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    also: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    need_of: Mapping[str, str] = field(default_factory=dict)
    guides: Mapping[str, str] = field(default_factory=dict)


class Gazetteer:
    """Matchers built once over a lexicon; `known` are ordinary words that are never taken for misspellings."""

    def __init__(self, lexicon: Lexicon, *, known: Iterable[str] = ()) -> None:
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._lexicon = lexicon
        self._values: dict[tuple[str, str], str] = {}
        words_of = {kind: self._add(kind, names) for kind, names in lexicon.names.items()}
        places = words_of.get("place", set())
        others = set().union(*(words_of.get(kind, set()) for kind in ("program", "need", "plan")))
        self._vocabulary = frozenset(places | others)
        self._guided = Guided(lexicon.guides)
        self._correctable = _long(others | self._guided.words)
        self._correctable_to_place = _long(places | others | self._guided.words)
        self._pairs = frozenset(pair for _, name in self._values for pair in _pairs(name.split()))
        self._known = frozenset(known) | _ordinary_words() | self._guided.words
        self._lists = words_file("lists")
        self._placing = frozenset(self._lists["place_before"]) | {"san", "santa", "los", "las", "el", "la"}
        self._corrections = frozenset(self._lists["correction"])
        self._drop = frozenset(tuple(phrase.split()) for phrase in self._lists["negation"]["drop"])

    def find(self, text: str) -> Found:
        """Everything named in the first `LIMIT` characters of `text`; offsets are those of `text` made `plain`."""
        visible = plain(text)[:LIMIT]
        words = tokens(visible)
        folded = fold(visible)
        corrected = self._corrected(words)
        seen = (
            self._phrases(corrected, words, visible) + zips(words, folded) + list(self._guided.find(corrected, words))
        )
        kept = self._meant(_longest(seen), words)
        urgent = any(item.kind == "urgent" or item.value in ("tonight", "now", "today") for item in kept)
        kept.extend(self._unknown_place(kept, words, visible))
        named = self._strong([item for item in kept if item.kind in _OUTPUT])
        named.extend(self._meant_together(named, words))
        silent = tuple(item for item in kept if item.kind not in _OUTPUT)
        return Found(tuple(self._with_needs(named)), urgent, tuple(word.text for word in words), silent)

    def _add(self, kind: str, names: Mapping[str, str]) -> set[str]:
        docs: list[Doc] = []
        words_of_kind: set[str] = set()
        for name, value in names.items():
            words = [token.text for token in tokens(name)]
            if not words:
                continue
            self._values.setdefault((kind, " ".join(words)), value)
            docs.append(Doc(self._vocab, words=words))
            if kind in ("place", "program", "need", "plan"):
                words_of_kind.update(words)
        self._matcher.add(kind, docs)
        return words_of_kind

    def _corrected(self, words: Sequence[Token]) -> tuple[str, ...]:
        budget = _MOST_FUZZY
        corrected = [word.text for word in words]
        for index, word in enumerate(corrected):
            if len(word) < 5 or not word.isalpha() or self._is_known(word) or budget == 0:
                continue
            budget -= 1
            beside = (corrected[index - 1] if index else "", corrected[index + 1] if index + 1 < len(corrected) else "")
            placed = len(corrected) <= 3 or beside[0] in self._placing or beside[1] in self._lists["place_after"]
            corrected[index] = self._nearest(word, beside, self._correctable_to_place if placed else self._correctable)
        return tuple(corrected)

    def _is_known(self, word: str) -> bool:
        return word in self._vocabulary or word in self._known

    def strange(self, text: str) -> bool:
        """Whether no word of `text` is known, nor near one that is: letters that say nothing, or another language."""
        words = [token.text for token in tokens(plain(text)[:LIMIT]) if token.text.isalpha()]
        return bool(words) and not any(map(self._is_familiar, words[:_MOST_STRANGE]))

    def _is_familiar(self, word: str) -> bool:
        if self._is_known(word) or self._is_known(_DRAWN_OUT.sub(r"\1", word)):  # "heyyy"
            return True
        if len(word) < 5:  # one slip makes a word of nearly any four letters
            return False
        slips = 1 if len(word) < 8 else 2
        known = itertools.chain(self._known, self._vocabulary)
        return process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips) is not None

    def _nearest(self, word: str, beside: tuple[str, str], vocabulary: Sequence[str]) -> str:
        """A vocabulary word within a slip or two of `word`, same first letter; one that fits its neighbors first."""
        cutoff = 2 if len(word) >= 8 else 1
        near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=cutoff, limit=8)
        candidates = [match[0] for match in near if match[0][0] == word[0]]
        if not candidates and _SPANISH_S.match(word):  # "estocton"
            return self._nearest(word[1:], beside, vocabulary) if word[1:] not in vocabulary else word[1:]
        fitting = [each for each in candidates if {(beside[0], each), (each, beside[1])} & self._pairs]
        return next(iter([*fitting, *candidates]), word)

    def _phrases(self, words: Sequence[str], written: Sequence[Token], text: str) -> list[Sighting]:
        if not words:
            return []
        doc = Doc(self._vocab, words=list(words))
        found: list[Sighting] = []
        for key, first, last in self._matcher(doc):
            kind = self._vocab.strings[key]
            name = " ".join(words[first:last])
            if any(word.after_stop for word in written[first + 1 : last]):
                continue
            if kind == "place" and name in self._lexicon.strict and not surely_a_place(written, first, last, text):
                continue
            value = self._values[(kind, name)]
            found.append(Sighting(kind, value, written[first].start, written[last - 1].end, first, last, name))
        return found

    def _meant(self, seen: Sequence[Sighting], words: Sequence[Token]) -> list[Sighting]:
        texts = [word.text for word in words]
        kept: list[Sighting] = []
        for item in seen:
            if item.kind in _DENIABLE and self._is_dropped(item, seen, texts, words):
                continue
            if item.kind in ("place", "zip") and _corrected_between(kept, item, words, self._corrections):
                kept = [other for other in kept if other.kind not in ("place", "zip")]
            kept.append(item)
        return kept

    def _is_dropped(
        self, item: Sighting, seen: Sequence[Sighting], texts: Sequence[str], words: Sequence[Token]
    ) -> bool:
        before = _before(item.first, texts, words)
        for back in range(1, 5):
            for slack in range(3):
                phrase = (
                    tuple(before[len(before) - back - slack : len(before) - slack])
                    if len(before) >= back + slack
                    else ()
                )
                if phrase in self._drop and all(word in _LINKS for word in before[len(before) - slack :]):
                    return True
        return bool(before) and before[-1] == "no" and _offered_instead(item, seen, texts, words)

    def _unknown_place(self, kept: Sequence[Sighting], words: Sequence[Token], text: str) -> Iterator[Sighting]:
        """What stands where a place stands at the end ("food in Springfield") and is no word we know: to be told so."""
        if any(item.kind in ("place", "zip") for item in kept):
            return
        settled = any(item.kind in ("need", "program") for item in kept)
        for index, word in enumerate(words[:-1]):
            named = words[index + 1 :]
            lives = index > 0 and words[index - 1].text in _LIVES
            if word.text in _PLACED and len(named) <= 2 and (settled or lives) and all(map(self._is_unheard, named)):
                value = text[named[0].start : named[-1].end]
                yield Sighting("place", value, named[0].start, named[-1].end, index + 1, len(words), value)
                return

    def _is_unheard(self, word: Token) -> bool:
        return len(word.text) > 3 and word.text.isalpha() and not self._is_known(word.text) and not word.after_stop

    def _meant_together(self, named: Sequence[Sighting], words: Sequence[Token]) -> Iterator[Sighting]:
        """A need and an errand that make a program where none is named: any ride and dialysis is a medical ride."""
        if any(item.kind == "program" for item in named):
            return
        said = {word.text for word in words}
        for program, (need, errands) in self._lexicon.together.items():
            item = next((item for item in named if item.kind == "need" and item.value == need), None)
            if item and said & errands:
                yield replace(item, kind="program", value=program)

    def _strong(self, kept: Sequence[Sighting]) -> list[Sighting]:
        """Without the words that count only where nothing plainer is said ("work", "a place", Medi-Cal beside WIC)."""
        plain_words = {item.kind for item in kept if not self._is_weak(item)}
        if "program" in plain_words:
            plain_words.add("need")
        return [item for item in kept if not (self._is_weak(item) and item.kind in plain_words)]

    def _is_weak(self, item: Sighting) -> bool:
        if item.kind == "program":
            return item.value in self._lexicon.weak
        return item.kind == "need" and item.name in self._lexicon.weak

    def _with_needs(self, kept: Iterable[Sighting]) -> Iterable[Sighting]:
        items = list(kept)
        named = {item.value for item in items if item.kind == "need"}
        for item in items:
            yield item
            for need in self._meant_needs(item):
                if need not in named:
                    named.add(need)
                    yield replace(item, kind="need", value=need)

    def _meant_needs(self, item: Sighting) -> Iterator[str]:
        if item.kind == "program" and item.value in self._lexicon.need_of:
            yield self._lexicon.need_of[item.value]
        if item.kind in ("program", "need") and item.name in self._lexicon.also:
            yield self._lexicon.also[item.name]


_PLACED = frozenset({"in", "near", "around", "en"})
_LIVES = frozenset({"live", "lives", "living", "im", "am", "vivo", "vive", "vivimos", "estoy", "estamos", "moved"})
_LINK_WORDS = "a an the any some my mi un una el la los las en in to for para de about with near cerca at"
_LINKS = frozenset(_LINK_WORDS.split())


def _long(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if len(word) >= 5 and word.isalpha())


def _pairs(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    return itertools.pairwise(words)


def _before(first: int, texts: Sequence[str], words: Sequence[Token]) -> list[str]:
    """Up to six words before a sighting, back to the last stop or comma."""
    start = first
    while start > max(0, first - 6) and not (words[start].after_stop or words[start].after_comma):
        start -= 1
    return list(texts[start:first])


def _offered_instead(item: Sighting, seen: Sequence[Sighting], texts: Sequence[str], words: Sequence[Token]) -> bool:
    """ "no food, a ride": a bare no cuts out only when another of its kind follows that has no "no" of its own."""
    for other in seen:
        if other.first < item.last or other.kind != item.kind or other.value == item.value:
            continue
        between = texts[item.last : other.first]
        parted = any(word.after_comma for word in words[item.last : other.first + 1]) or {"sino", "but", "pero"} & set(
            between
        )
        return bool(parted) and "no" not in between and "ni" not in between and "and" not in between
    return False


def _corrected_between(kept: Sequence[Sighting], item: Sighting, words: Sequence[Token], cues: frozenset[str]) -> bool:
    earlier = [other for other in kept if other.kind in ("place", "zip")]
    if not earlier:
        return False
    between = words[earlier[-1].last : item.first]
    said = " ".join(word.text for word in between)
    # "94501 i think, no 94601": a no after a stop takes back what was said before it.
    taken_back = said == "no" or any(
        word.text in ("no", "nope") and (word.after_comma or word.after_stop) for word in between
    )
    return taken_back or any(re.search(rf"\b{re.escape(cue)}\b", said) for cue in cues)


def _longest(seen: Iterable[Sighting]) -> list[Sighting]:
    """Sightings that do not overlap: the longer wins, then the kind that says more."""
    chosen: list[Sighting] = []
    taken: set[int] = set()
    for item in sorted(seen, key=lambda each: (each.first - each.last, _order(each.kind), each.first)):
        span = range(item.first, item.last)
        if item.kind in _BESIDE:
            chosen.append(item)
        elif not taken.intersection(span):
            taken.update(span)
            chosen.append(item)
    return sorted(chosen, key=lambda each: (each.first, each.last))


def _order(kind: str) -> int:
    return _RANK.index(kind) if kind in _RANK else len(_RANK)


def _ordinary_words() -> frozenset[str]:
    language = words_file("language")
    lists = words_file("lists")
    listed = {
        word
        for file in (language["en"]["strong"], language["es"]["strong"], language["neutral"])
        for word in file.split()
    }
    phrases = [
        phrase
        for group in ("when", "person_about", "language_wanted")
        for names in lists[group].values()
        for phrase in names
    ]
    return frozenset(listed | filler() | {word for phrase in phrases for word in fold(phrase).split()})
