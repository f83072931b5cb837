"""The ways to read folded words as places of California: a county, a town, a short form, a place in a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from directory.data.gazetteer import SEATS, fold, gazetteer
from directory.model import Place, PlaceKind
from directory.places.around_names import CITY, COUNTY, LEAD, PART, spelled_out

__all__ = ["county_words", "known", "read"]


def read(words: str) -> tuple[Place, ...]:
    """What the first reading that knows the words takes them for; several where the person has to say which."""
    readers = (_read_county, _read_city, _read_short, _read_lead, _read_pair, _read_part)
    return next(filter(None, (reader(words) for reader in readers)), ())


def known(words: str) -> tuple[Place, ...]:
    """What the folded words mean as they stand; nothing where no place of California has that name."""
    found = gazetteer().names.get(words)
    return found.options if found else ()


def county_words(words: str) -> str | None:
    """The name in "kern county", "condado de kern"; None where no county is spoken of."""
    match = COUNTY.match(words)
    if match is None:
        return None
    bare = match["a"] or match["b"]
    return bare if bare in gazetteer().counties else re.sub(r"^(?:the|el) ", "", bare)  # El Dorado keeps its article


def _read_county(words: str) -> tuple[Place, ...]:
    """ "kern county", "condado de kern", and a place before it: "turlock stanislaus county"."""
    counties = gazetteer().counties
    bare = county_words(words)
    if bare is None:
        return ()
    if bare in counties:
        return (counties[bare],)
    short = known(bare)
    if len(short) == 1 and short[0].county == short[0].name:
        return (counties[fold(short[0].county)],)
    match = re.match(r"^(.+) (?:county|co|cty)$", words) or re.match(
        r"^(.+?) (?:en el )?condado(?: de| del)? (.+)$", words
    )
    return _place_in_county(words) if match else ()


def _place_in_county(words: str) -> tuple[Place, ...]:
    for place, county in _place_and_county(words):
        options = known(place) or _read_city(place) or _read_short(place)
        if options:
            return tuple(o for o in options if o.county == county.county and o.kind is not PlaceKind.COUNTY) or (
                *options,
                county,
            )
    return ()


def _place_and_county(words: str) -> Iterator[tuple[str, Place]]:
    spanish = re.match(r"^(.+?) (?:en (?:el )?)?condado(?: de| del)? (.+)$", words)
    if spanish and spanish[2] in gazetteer().counties:
        yield spanish[1], gazetteer().counties[spanish[2]]
    parts = words.split()[:-1]
    for cut in range(1, len(parts)):
        county = gazetteer().counties.get(" ".join(parts[cut:]))
        if county is not None:
            yield " ".join(parts[:cut]), county


def _read_city(words: str) -> tuple[Place, ...]:
    """ "city of orange", "cd. de fresno", "orange city": the town and not the county."""
    match = CITY.match(words)
    if match is None:
        return ()
    options = tuple(place for place in known(match["a"] or match["b"]) if place.kind is not PlaceKind.COUNTY)
    return tuple(place for place in options if place.kind is PlaceKind.CITY) or options


def _read_short(words: str) -> tuple[Place, ...]:
    """ "st helena", "sta ana", "n hollywood"."""
    spelled = spelled_out(words)
    return known(spelled) if spelled != words else ()


def _read_lead(words: str) -> tuple[Place, ...]:
    match = LEAD.match(words)
    if match is None:
        return ()
    return known(match[1]) or _read_county(match[1]) or _read_city(match[1])


def _read_pair(words: str) -> tuple[Place, ...]:
    """ "boyle heights los angeles", "turlock stanislaus"; two places that do not hold one another are both options."""
    parts = words.split()
    for cut in range(len(parts) - 1, 0, -1):
        head = known(" ".join(parts[:cut])) or _read_short(" ".join(parts[:cut]))
        tail = known(" ".join(parts[cut:]))
        if head and tail:
            return tuple(place for place in head if _lies_in(place, tail)) or (*head, *tail)
    return ()


def _lies_in(place: Place, around: tuple[Place, ...]) -> bool:
    if any(outer.kind is PlaceKind.COUNTY and outer.county == place.county for outer in around):
        return True
    if place.county in SEATS and any(outer.name == place.county for outer in around):
        return True
    return place.kind is PlaceKind.NEIGHBORHOOD and any(outer.name == place.name for outer in around)


def _read_part(words: str) -> tuple[Place, ...]:
    """ "downtown modesto", "el norte de fresno": the city it is a part of."""
    match = PART.match(words)
    options = known(match[1]) if match else ()
    return tuple(place for place in options if place.kind is not PlaceKind.COUNTY)
