"""Finds what a message names: needs, programs, places, ZIPs, plans, languages, times and people.

Exact phrases (spaCy's PhraseMatcher over folded words, the longest wins) in words put right where no vocabulary knows
them; then what a person denies, takes back or only tells is left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.understanding import meaning, timing, whose
from bot.understanding.found import Found, Sighting, filler
from bot.understanding.guided import Guided
from bot.understanding.lexicon import Lexicon
from bot.understanding.placing import surely_a_place, zips
from bot.understanding.pressing import urgent_first
from bot.understanding.spelling import Speller, Vocabulary
from bot.understanding.spoken_zip import glued
from bot.understanding.text import LIMIT, Token, fold, plain, tokens, words_file

__all__ = ["Found", "Gazetteer", "Lexicon", "Sighting"]

_RANK = ("staff", "program", "plan", "language_wanted", "person_about", "when", "urgent", "place", "need", "not_when")
_BESIDE = frozenset({"urgent", "topic", "guide"})
"""Kinds that are said in words which name something else too."""
_OUTPUT = frozenset(
    {"program", "plan", "language_wanted", "person_about", "when", "place", "zip", "need", "topic", "guide"}
)
_DENIED = frozenset({"need", "program"})
_MOST_STRANGE = 6


class Gazetteer:
    """Matchers built once over a lexicon; `known` are ordinary words that are never taken for misspellings."""

    def __init__(self, lexicon: Lexicon, *, known: Iterable[str] = ()) -> None:
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._lexicon = lexicon
        self._values: dict[tuple[str, str], str] = {}
        for kind, names in lexicon.names.items():
            self._add(kind, names)
        self._guided = Guided(lexicon.guides)
        self.vocabulary = _vocabulary(lexicon, [name for _, name in self._values], self._guided.words, known)
        self._speller = Speller(self.vocabulary)
        self._last: tuple[str, tuple[list[Token], tuple[str, ...]]] = ("", ([], ()))

    def find(self, text: str) -> Found:
        """Everything named in the first `LIMIT` characters of `text`; offsets are those of `text` made `plain`."""
        visible = plain(text)[:LIMIT]
        folded = fold(visible)
        words, corrected = self._read(visible)
        seen = [*self._phrases(corrected, words), *zips(words, folded), *timing.times(words, folded)]
        seen.extend(self._guided.find(corrected, words))
        sure = _longest(self._without_ordinary_words(seen, words, visible), self._lexicon.weak)
        held = meaning.undenied(_without_hidden(sure), words)
        denied = tuple(item for item in sure if item.kind in _DENIED and item not in held)
        kept = timing.with_hours(held, words, folded)
        urgent = timing.is_urgent(kept, words)
        kept.extend(self._unknown_place(kept, words, visible))
        named = self._named(kept, words, corrected)
        silent = tuple(item for item in kept if item.kind not in _OUTPUT)
        return Found(tuple(self._with_needs(named)), urgent, tuple(word.text for word in words), silent, denied)

    def strange(self, text: str) -> bool:
        """Whether no word of `text` is known, nor near one that is: letters that say nothing, or another language."""
        _, corrected = self._read(plain(text)[:LIMIT])
        meant = [word for word in corrected if word.isalpha()]
        return bool(meant) and not any(map(self._is_familiar, meant[:_MOST_STRANGE]))

    def _read(self, visible: str) -> tuple[list[Token], tuple[str, ...]]:
        """The words of a text and what each was meant to be; of the last text they are still known."""
        last, read = self._last
        if visible != last:
            words = self._speller.parted([part for word in tokens(visible) for part in glued(word)])
            read = (words, self._speller.corrected(words))
            self._last = (visible, read)
        return read

    def _add(self, kind: str, names: Mapping[str, str]) -> None:
        docs: list[Doc] = []
        for name, value in names.items():
            words = [token.text for token in tokens(name)]
            if words:
                self._values.setdefault((kind, " ".join(words)), value)
                docs.append(Doc(self._vocab, words=words))
        self._matcher.add(kind, docs)

    def _is_familiar(self, word: str) -> bool:
        if self.vocabulary.has(word):
            return True
        if len(word) < 5:  # one slip makes a word of nearly any four letters
            return False
        slips = 1 if len(word) < 8 else 2
        known = itertools.chain(self.vocabulary.known, self.vocabulary.words)
        return process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips) is not None

    def _phrases(self, words: Sequence[str], written: Sequence[Token]) -> list[Sighting]:
        if not words:
            return []
        doc = Doc(self._vocab, words=list(words))
        found: list[Sighting] = []
        for key, first, last in self._matcher(doc):
            if not any(word.after_stop for word in written[first + 1 : last]):
                kind = self._vocab.strings[key]
                name = " ".join(words[first:last])
                value = self._values[(kind, name)]
                found.append(Sighting(kind, value, written[first].start, written[last - 1].end, first, last, name))
        return found

    def _without_ordinary_words(self, seen: list[Sighting], words: Sequence[Token], text: str) -> list[Sighting]:
        strict, hardest = self._lexicon.strict, self._lexicon.hardest
        return [
            item
            for item in seen
            if item.kind != "place"
            or item.name not in strict
            or (
                not (item.name in hardest and _is_misspelled(item, words))
                and surely_a_place(item, seen, words, text, item.name in hardest)
            )
        ]

    def _named(self, kept: Sequence[Sighting], words: Sequence[Token], corrected: Sequence[str]) -> list[Sighting]:
        asked = meaning.asked_for([item for item in kept if item.kind in _OUTPUT], words)
        together = list(self._meant_together(asked, corrected))
        named = self._strong([*asked, *together], words)
        named = whose.settled(whose.of_who_needs_help(named, words), self._lexicon.served)
        return urgent_first(named, timing.pressing(kept), words)

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
        return len(word.text) > 3 and word.text.isalpha() and not self.vocabulary.has(word.text) and not word.after_stop

    def _meant_together(self, named: Sequence[Sighting], words: Sequence[str]) -> Iterator[Sighting]:
        """A need and an errand that make a program where none is named: any ride and dialysis is a medical ride."""
        programs = [item.value for item in named if item.kind == "program" and not self._is_weak(item)]
        made_for = {self._lexicon.need_of.get(program) for program in programs}
        said = " ".join(words)
        for program, made in self._lexicon.together.items():
            item = next((item for item in named if item.kind == "need" and item.value == made.need), None)
            if item is None or made.need in made_for or made.without.search(said):
                continue
            if made.words.search(said) and made.also.search(said):
                made_for.add(made.need)
                yield replace(item, kind="program", value=program)

    def _strong(self, kept: Sequence[Sighting], words: Sequence[Token]) -> list[Sighting]:
        """Without the words that count only where nothing plainer is said ("work", "a place", Medi-Cal beside WIC).

        Those that an "and" joins to what is plainly asked for are asked for too ("comida y medico").
        """
        plain_words = {item.kind for item in kept if not self._is_weak(item)}
        if "program" in plain_words:
            plain_words.add("need")
        return [
            item
            for item in kept
            if not (self._is_weak(item) and item.kind in plain_words) or meaning.joined(item, kept, words)
        ]

    def _is_weak(self, item: Sighting) -> bool:
        if item.kind == "program":
            return item.value in self._lexicon.weak or item.name in self._lexicon.weak
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


def _vocabulary(lexicon: Lexicon, names: Iterable[str], guided: Iterable[str], known: Iterable[str]) -> Vocabulary:
    lists = words_file("lists")
    of_places = {word for name in lexicon.names.get("place", ()) for word in name.split()}
    others = {
        word.text
        for kind in ("program", "need", "plan")
        for name in lexicon.names.get(kind, ())
        for word in tokens(name)
    }
    phrases = [tuple(name.split()) for name in names]
    loose = {word for name in names for word in name.split()} - of_places - others
    return Vocabulary(
        others=frozenset(others | set(guided)),
        places=frozenset(of_places),
        large=lexicon.large,
        alone=frozenset(words[0] for words in phrases if len(words) == 1) - (of_places - lexicon.large),
        glued={"".join(words): words for words in phrases if len(words) > 1 and len("".join(words)) >= 7},
        pairs=frozenset(pair for words in phrases for pair in itertools.pairwise(words)),
        known=frozenset(known) | _ordinary_words() | loose,
        before_place=frozenset(lists["place_before"]) | {"san", "santa", "los", "las", "el", "la"},
        after_place=frozenset(lists["place_after"]),
    )


def _longest(seen: Iterable[Sighting], weak: frozenset[str]) -> list[Sighting]:
    """Sightings that do not overlap: the longer wins, then the kind that says more.

    A program of several words stands against a need that is one word longer: "in home care for my dad".
    """
    chosen: list[Sighting] = []
    taken: set[int] = set()
    for item in sorted(seen, key=lambda each: (-_weight(each), each.name in weak, _order(each.kind), each.first)):
        span = range(item.first, item.last)
        if item.kind in _BESIDE:
            chosen.append(item)
        elif not taken.intersection(span):
            taken.update(span)
            chosen.append(item)
    return sorted(chosen, key=lambda each: (each.first, each.last))


def _without_hidden(items: Sequence[Sighting]) -> list[Sighting]:
    """Without guides whose words are part of a phrase that names nothing ("an apartment with furniture")."""
    spans = [range(item.first, item.last) for item in items if item.kind == "no_name"]
    return [item for item in items if item.kind != "guide" or not _lies_in(item, spans)]


def _is_misspelled(item: Sighting, words: Sequence[Token]) -> bool:
    """Whether a name was not written so: "el segumdo" is the second, and no slip of El Segundo."""
    return " ".join(word.text for word in words[item.first : item.last]) != item.name


def _lies_in(item: Sighting, spans: Sequence[range]) -> bool:
    return any(item.first in span and item.last - 1 in span for span in spans)


def _weight(item: Sighting) -> int:
    length = item.last - item.first
    return length + (item.kind == "program" and length > 1)


def _order(kind: str) -> int:
    return _RANK.index(kind) if kind in _RANK else len(_RANK)


def _ordinary_words() -> frozenset[str]:
    language = words_file("language")
    ordinary = words_file("ordinary")
    files = (language["en"]["strong"], language["es"]["strong"], language["neutral"], ordinary["words"])
    return filler().union(*(file.split() for file in files))
