"""What a person asks for among what the message names: not what is denied, taken back, or told beside it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from bot.understanding.found import Sighting
from bot.understanding.text import Token, words_file

__all__ = ["asked_for", "joined", "undenied"]

_DENIABLE = frozenset({"need", "program", "place", "zip", "plan", "language_wanted", "guide"})
_ASKABLE = frozenset({"need", "program"})
_LINK_WORDS = "a an the any some my mi un una el la los las en in to for para de about with near cerca at"
_LINKS = frozenset(_LINK_WORDS.split())
_ARTICLE_WORDS = "a an the my our his her their some this el la los las un una mi mis su sus ya also already"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_FAR = 4


def undenied(seen: Sequence[Sighting], words: Sequence[Token]) -> list[Sighting]:
    """What is neither denied ("not food, a ride") nor taken back ("in Lodi, sorry, Galt")."""
    texts = [word.text for word in words]
    kept: list[Sighting] = []
    for item in seen:
        if item.kind in _DENIABLE and _is_dropped(item, seen, texts, words):
            continue
        kept = [*_without_what_it_corrects(kept, item, words), item]
    return kept


def asked_for(items: Sequence[Sighting], words: Sequence[Token]) -> list[Sighting]:
    """Without needs and programs that are only told ("i have calfresh", "i work at a food bank"), if one is asked."""
    items = [item for item in items if item.kind != "plan" or not _works_there(item, words)]
    if any(item.kind == "plan" for item in items):
        items = [item for item in items if item.kind != "need" or item.name not in _list("insurance")]
    told = {item for item in items if item.kind in _ASKABLE and _is_told(item, items, words)}
    asked = [item for item in items if item.kind in _ASKABLE and item not in told]
    if not asked:
        return items
    wished = [item for item in asked if _is_wished(item, words)]
    if any(item.name not in _list("circumstance") for item in wished):
        told |= {item for item in asked if item.name in _list("circumstance") and item not in wished}
    return [item for item in items if item not in told]


def joined(item: Sighting, items: Iterable[Sighting], words: Sequence[Token]) -> bool:
    """Whether a weak need is the last of a row that is wished for: "ocupa comida y medico", "need food and a job"."""
    if item.kind != "need" or item.name not in _list("joined"):
        return False
    last = item.last == len(words) or words[item.last].after_comma or words[item.last].after_stop
    rows = (other for other in items if other.kind == "need" and other.value != item.value and other.last < item.first)
    return last and any(
        [word.text for word in words[other.last : item.first] if word.text not in _ARTICLES] in _AND
        and _is_wished(other, words)
        for other in rows
    )


_AND = (["and"], ["y"], ["n"], ["e"])


# --- what is denied --------------------------------------------------------------------------------------------------


def _is_dropped(item: Sighting, seen: Sequence[Sighting], texts: Sequence[str], words: Sequence[Token]) -> bool:
    before = _before(item.first, texts, words)
    for slack in range(3):
        said = before[: len(before) - slack]
        if any(_drops(tuple(said[-back:]), item) for back in range(1, 1 + min(_FAR, len(said)))):
            return True
        if not said or said[-1] not in _LINKS:
            break
    if before[len(before) - 1 - _articles(before) :][:1] == ["no"]:
        return _offered_instead(item, seen, texts, words) or _set_right_before(item, seen, texts)
    return _refused_after(item, seen, texts, words)


def _drops(said: tuple[str, ...], item: Sighting) -> bool:
    """ "I don't have Kaiser" denies the plan; "I don't have food" asks for it."""
    return said in _drop() or (item.kind == "plan" and said in _drop("of_a_plan"))


def _before(first: int, texts: Sequence[str], words: Sequence[Token], most: int = 6) -> list[str]:
    """Up to `most` words before a sighting, back to the last stop or comma."""
    start = first
    while start > max(0, first - most) and not (words[start].after_stop or words[start].after_comma):
        start -= 1
    return list(texts[start:first])


def _offered_instead(item: Sighting, seen: Sequence[Sighting], texts: Sequence[str], words: Sequence[Token]) -> bool:
    """ "no food, a ride": a bare no cuts out only when another of its kind follows that has no "no" of its own."""
    kinds = {item.kind} if item.kind not in _ASKABLE else _ASKABLE
    for other in seen:
        if other.first < item.last or other.kind not in kinds or other.value == item.value:
            continue
        between = texts[item.last + (texts[item.last] == "no") : other.first]
        parted = any(word.after_comma for word in words[item.last : other.first + 1]) or _TURNS & set(between)
        return bool(parted) and not {"no", "ni", "and"} & set(between) and "no" not in texts[other.first : other.last]
    return False


_TURNS = {"sino", "but", "pero"}


def _set_right_before(item: Sighting, seen: Sequence[Sighting], texts: Sequence[str]) -> bool:
    """ "es merced no modesto", "es la health net, no kaiser", "un raite, no comida"."""
    cues = _IS | _HAVE if item.kind == "plan" else _IS
    others = (each for each in seen if each.kind in _same_kinds(item) and each.value != item.value)
    said = ((other.last, set(texts[max(0, other.first - 2) : other.first])) for other in others)
    beside = (item.first - 1, item.first - 2)
    return "no" in texts[beside[1] : item.first] and any(
        last in beside and cues & before and "no" not in before for last, before in said
    )


_IS = frozenset({"es", "its", "is", "un", "una", "mejor"})
_HAVE = frozenset({"tengo", "tiene", "tenemos"})


def _refused_after(item: Sighting, seen: Sequence[Sighting], texts: Sequence[str], words: Sequence[Token]) -> bool:
    """ "comida no, raite si", "un raite, comida ya no", "kaiser no, es la health net"."""
    others = [other for other in seen if other.kind in _same_kinds(item) and other.value != item.value]
    for refusal in _REFUSALS:
        end = item.last + len(refusal)
        if tuple(texts[item.last : end]) != refusal or not _ends_a_clause(end, words):
            continue
        if refusal in _NO_LONGER or any(end <= other.first for other in others):
            return True
        parted = words[item.first - _articles(texts[: item.first])].after_comma
        return end == len(words) and parted and bool(others)
    return False


def _ends_a_clause(end: int, words: Sequence[Token]) -> bool:
    return end == len(words) or words[end].after_comma or words[end].after_stop or words[end].text in _TURNS


_NO_LONGER = (("ya", "no"), ("not", "anymore"), ("not", "any", "more"), ("no", "longer"))
_REFUSALS = (*_NO_LONGER, ("no", "es"), ("no", "era"), ("no",))


def _same_kinds(item: Sighting) -> frozenset[str]:
    """The kinds that one of this kind may take the place of."""
    return next((kinds for kinds in (_ASKABLE, _PLACED) if item.kind in kinds), frozenset({item.kind}))


def _without_what_it_corrects(kept: list[Sighting], item: Sighting, words: Sequence[Token]) -> list[Sighting]:
    """What was named before, without what this takes the place of: all places, the one plan or request before it."""
    if item.kind not in _CORRECTED:
        return kept
    kinds = _same_kinds(item)
    earlier = [other for other in kept if other.kind in kinds]
    if not earlier:
        return kept
    between = words[earlier[-1].last : item.first]
    if item.kind in _ASKABLE:
        return [other for other in kept if other is not earlier[-1]] if _is_set_right(between, item, words) else kept
    return [other for other in kept if other.kind not in kinds] if _takes_back(between, item) else kept


_PLACED = frozenset({"place", "zip"})
_CORRECTED = _PLACED | _ASKABLE | {"plan"}


def _takes_back(between: Sequence[Token], item: Sighting) -> bool:
    said = " ".join(word.text for word in between)
    # "94501 i think, no 94601": a no after a stop takes back what was said before it. "Tengo Molina no IEHP" does not.
    taken_back = (said == "no" and item.kind != "plan") or any(
        word.text in ("no", "nope") and (word.after_comma or word.after_stop) for word in between
    )
    return taken_back or bool(_corrections().search(said))


def _is_set_right(between: Sequence[Token], item: Sighting, words: Sequence[Token]) -> bool:
    """ "food, i mean a ride": nothing but the words of a correction between two requests, and no "too" behind them."""
    said = [word.text for word in between]
    while said and said[-1] in _WISHED:
        said.pop()
    also = {"too", "also", "tambien"} & {word.text for word in words[item.last : item.last + 2]}
    return bool(said) and not also and " ".join(said) in _list_of_corrections()


_WISHED = frozenset(
    {*_ARTICLES, "i", "need", "want", "for", "get", "necesito", "ocupo", "quiero", "busco", "es", "its"}
)


# --- what is told beside ---------------------------------------------------------------------------------------------


def _is_told(item: Sighting, items: Sequence[Sighting], words: Sequence[Token]) -> bool:
    texts = [word.text for word in words]
    before = _before(item.first, texts, words, 8)
    said = " ".join(before)
    near = " ".join(before[: len(before) - _articles(before)])
    if _works_there(item, words) or _cues("so_that").search(said):
        return True
    if item.kind == "program" and item.value not in _list("never_held") and _cues("has_it").search(near):
        return not _follows_lack(item, texts)
    if item.value == "medi_cal" and _cues("takes_it").search(near):
        return True
    if _cues("stays_there").search(said) and item.name in _list("stayed_at"):
        return True
    return _is_destination(item, items, texts)


def _works_there(item: Sighting, words: Sequence[Token]) -> bool:
    before = _before(item.first, [word.text for word in words], words)
    return bool(_cues("works_there").search(" ".join(before[: len(before) - _articles(before)])))


def _follows_lack(item: Sighting, texts: Sequence[str]) -> bool:
    """ "my calfresh stopped", "i have calfresh but it was cut": then it is what the message is about."""
    return bool(set(texts[item.last : item.last + 4]) & _list("lost"))


def _articles(before: Sequence[str]) -> int:
    count = 0
    while count < min(2, len(before)) and before[-1 - count] in _ARTICLES:
        count += 1
    return count


def _is_destination(item: Sighting, items: Sequence[Sighting], texts: Sequence[str]) -> bool:
    """ "a ride to the food bank", "raite al trabajo", "how do i get to the shelter"."""
    rides = (other for other in items if other.kind in _ASKABLE and other.value in _RIDES)
    return any(
        _leads_to(ride.name, texts[ride.last : item.first]) for ride in rides if 0 <= item.first - ride.last <= 5
    )


def _leads_to(ride: str, between: Sequence[str]) -> bool:
    if ride.split()[-1:] == ["to"]:
        return set(between) <= _ARTICLES
    if not between:
        return False
    return between[0] in _TOWARDS or (between[-1] in _TOWARDS and not _TURNS_TO & set(between))


_TOWARDS = frozenset({"to", "al", "a", "hasta", "pal", "para", "pa"})
_TURNS_TO = frozenset({"and", "y", "also", "tambien", "need", "necesito", "ocupo", "or"})
_RIDES = frozenset({"transport", "nmt", "nemt", "ada_paratransit", "reduced_fare"})


def _is_wished(item: Sighting, words: Sequence[Token]) -> bool:
    before = _before(item.first, [word.text for word in words], words, _FAR)
    return bool({*before, *item.name.split()[:1]} & _list("wishes"))


# --- word lists ------------------------------------------------------------------------------------------------------


@functools.cache
def _drop(kind: str = "drop") -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(str(phrase).split()) for phrase in words_file("lists")["negation"][kind])


@functools.cache
def _list_of_corrections() -> frozenset[str]:
    """What sets a request right; the same words between two places may be part of a sentence."""
    return frozenset(str(phrase) for phrase in words_file("lists")["sets_right"])


@functools.cache
def _corrections() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words_file('lists')['correction']))})\b")


@functools.cache
def _list(name: str) -> frozenset[str]:
    return frozenset(str(phrase) for phrase in words_file("told")[name])


@functools.cache
def _cues(name: str) -> re.Pattern[str]:
    """Phrases of `told.yml`; those of `so_that` may stand anywhere before, the others just before."""
    phrases = "|".join(words_file("told")[name])
    return re.compile(rf"\b(?:{phrases})\b" if name in ("so_that", "stays_there") else rf"\b(?:{phrases})$")
