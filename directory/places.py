"""Places: what a person wrote for a place, as one of six answers; offline, from the files in `directory/data`.

A name that a city and a county share means the city when the city is the county's seat (Fresno, Los Angeles, Napa,
Merced): both lie in one county, and people mean the town. Otherwise it is ambiguous (Orange, San Mateo, Alameda, Santa
Clara, Tulare, Sonoma, Monterey, Alpine, San Joaquin): the town is a small part of the county, or in another one, and
search would answer for the wrong people. A county that shares its name with no city is meant by its bare name (Kern).
Postal names that reach over a county line mean the county where most of their ZIPs are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from directory.data.gazetteer import COUNTIES, FIRST_ZIP, SEATS, STATES, fold, gazetteer, lines
from directory.model import Place, PlaceKind

__all__ = [
    "COUNTIES",
    "STOP_NAMES",
    "Ambiguous",
    "BadZip",
    "OutsideCalifornia",
    "OverCountyLine",
    "Resolution",
    "UnknownPlace",
    "chord",
    "county_of",
    "large",
    "miles",
    "names",
    "on_globe",
    "resolve",
    "text_for",
]


@dataclass(frozen=True)
class OverCountyLine:
    """A ZIP whose area lies in several counties: `options` has one Place for each, of kind ZIP."""

    zip: str
    name: str
    options: tuple[Place, ...]


@dataclass(frozen=True)
class Ambiguous:
    """A name that is several places, or a text that names several; the person has to say which."""

    text: str
    options: tuple[Place, ...]


@dataclass(frozen=True)
class OutsideCalifornia:
    """A place that is not in California."""

    text: str


@dataclass(frozen=True)
class BadZip:
    """Four or six digits, or five that would be Californian and are no ZIP."""

    text: str


@dataclass(frozen=True)
class UnknownPlace:
    """Not a place that we know."""

    text: str


Resolution = Place | OverCountyLine | Ambiguous | OutsideCalifornia | BadZip | UnknownPlace

_LONGEST = 120  # characters; what is longer is no place
_LAST_ZIP = "96162"
_SEVERAL = 2
_EARTH_MILES = 3958.8


def resolve(text: str) -> Resolution:
    """What place `text` is: a ZIP, a city, a neighborhood or a county of California, or which kind of none."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return UnknownPlace(text)
    rest, code = _split_zip(text)
    if code is None:
        return _resolve_bare(text)
    filler_only = not _without_filler(fold(rest))
    of_zip = _resolve_zip(code)
    return of_zip if filler_only else _both(text, of_zip, _resolve_words(rest))


def text_for(place: Place) -> str:
    """A text that `resolve` takes back to this place; a neighborhood comes back as its ZIP."""
    if place.zip is not None:
        return f"{place.zip}, {place.county} County" if place.zip in gazetteer().lines else place.zip
    if place.kind is PlaceKind.COUNTY or resolve(place.name) == place:
        return place.name
    return f"city of {place.name}, {place.county} County"


def county_of(text: str) -> str | None:
    """The official name of the county in `text` ("San Mateo County", "condado de Kern", "LA"), or None."""
    words = _without_state(fold(text))
    bare = _county_words(words) or words
    place = gazetteer().counties.get(bare)
    if place is not None:
        return place.county
    known = gazetteer().names.get(bare)
    if known is None or len(known.options) != 1 or known.canonical.removesuffix(" County") not in COUNTIES:
        return None
    return known.options[0].county


def names() -> Mapping[str, str]:
    """Every lower-case name a gazetteer should know, with and without accents, and the text to give `resolve`."""
    return gazetteer().spoken


def large() -> Iterator[str]:
    """The counties, and the cities with several ZIPs: places that many people live in."""
    yield from COUNTIES
    counts = Counter(found.city for found in gazetteer().zips.values())
    yield from (city for city, count in counts.items() if count >= _SEVERAL)


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance as the crow flies between two points in degrees, in miles."""
    north = math.sin(math.radians(lat2 - lat1) / 2) ** 2
    east = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    chord = north + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * east
    return 2 * _EARTH_MILES * math.asin(math.sqrt(min(1.0, chord)))


def on_globe(lat: float, lon: float) -> tuple[float, float, float]:
    """A point in degrees as a point of the unit globe: nearer by `miles` is nearer in a straight line too."""
    up, across = math.radians(lat), math.radians(lon)
    return math.cos(up) * math.cos(across), math.cos(up) * math.sin(across), math.sin(up)


def chord(miles: float) -> float:
    """The straight line through the unit globe between two points that lie so many miles apart."""
    return 2 * math.sin(miles / _EARTH_MILES / 2)


# --- reading what a person wrote -------------------------------------------------------------------------------------

_ZIP_IN_TEXT = re.compile(
    r"^(?P<before>.*?)(?<![\d.#])(?P<zip>\d{5})(?:\.0+|\s*-\s*\d{4})?(?![\d.\-]\d)(?P<after>\D*)$", re.S
)
_FILLER = frozenset({
    "zip", "code", "zipcode", "codigo", "postal", "cp", "ca", "calif", "california", "usa", "us", "eeuu", "area", "is",
    "es", "mi", "my", "the", "el",
})  # fmt: skip
_STATE_ENDINGS = ("california", "calif", "cali", "ca", "usa", "us", "eeuu", "estados unidos", "united states")
_COUNTY = re.compile(
    r"^(?:(?:the |el )?(?:county|condado|co)(?: of| de la| del| de)? (?P<a>.+)"
    r"|(?P<b>.+?) (?:county|condado|co|cty))$"
)
_CITY = re.compile(
    r"^(?:(?:the |la |el )?(?:city|ciudad|cd|town|pueblo|municipio)(?: of| de| del)? (?P<a>.+)"
    r"|(?P<b>.+) (?:city|town|cd))$"
)
_LEAD = re.compile(r"^(?:in|en|at|from|de|desde) (.+)$")
_PART = re.compile(
    r"^(?:downtown|midtown|uptown|old town|central|north|south|(?:north|south)?(?:east|west)|(?:el )?centro(?: de)?"
    r"|(?:el |parte )?(?:norte|sur|este|oeste)(?: de)?) (.+)$"
)
_SHORT_WORDS = {
    "st": "saint", "sta": "santa", "sto": "santo", "sn": "san", "mt": "mount", "ft": "fort", "pt": "point",
    "n": "north", "no": "north", "so": "south", "s": "south", "e": "east", "w": "west",
    "norte": "north", "sur": "south",
    "hts": "heights", "spgs": "springs", "spg": "springs", "sprgs": "springs", "bch": "beach", "vly": "valley",
    "cyn": "canyon", "pk": "park", "lk": "lake", "vlg": "village", "cty": "city", "hls": "hills", "isl": "island",
    "jct": "junction", "rch": "rancho",
}  # fmt: skip


def _split_zip(text: str) -> tuple[str, str | None]:
    match = _ZIP_IN_TEXT.match(text)
    if match is None:
        return text, None
    return f"{match['before']} {match['after']}".strip(" ,"), match["zip"]


def _without_filler(words: str) -> str:
    return " ".join(word for word in words.split() if word not in _FILLER)


def _resolve_bare(text: str) -> Resolution:
    number = re.sub(r"\.0+$", "", _without_filler(fold(re.sub(r"\.0+\b", "", text))))
    if number.isdecimal():
        return BadZip(text) if len(number) in (4, 6) else UnknownPlace(text)
    return _resolve_words(text)


def _resolve_zip(code: str) -> Resolution:
    known = gazetteer()
    found = known.zips.get(code)
    if found is None:
        return BadZip(code) if FIRST_ZIP <= code <= _LAST_ZIP or code < "00501" else OutsideCalifornia(code)
    place = Place(PlaceKind.ZIP, found.city, found.county, code, found.latitude, found.longitude)
    counties = known.lines.get(code)
    if counties is None:
        return place
    return OverCountyLine(code, found.city, tuple(replace(place, county=county) for county in counties))


def _both(text: str, of_zip: Resolution, of_words: Resolution) -> Resolution:
    """A ZIP and words: the ZIP where they agree or the words say nothing; where they differ the person must say."""
    zips, places = _options(of_zip), _options(of_words)
    if not zips:
        if isinstance(of_zip, BadZip) or isinstance(of_words, OutsideCalifornia):
            return of_zip
        return UnknownPlace(text) if isinstance(of_words, UnknownPlace) else of_words
    if isinstance(of_words, OutsideCalifornia):
        return UnknownPlace(text)
    if not places:
        return of_zip
    named = {place.county for place in places}
    fitting = tuple(place for place in zips if place.county in named)
    if not fitting:
        return Ambiguous(text, zips + places)
    return fitting[0] if len(fitting) == 1 and _names_county(places) else of_zip


def _names_county(places: tuple[Place, ...]) -> bool:
    return len(places) == 1 and places[0].kind is PlaceKind.COUNTY


def _options(resolution: Resolution) -> tuple[Place, ...]:
    if isinstance(resolution, Place):
        return (resolution,)
    return resolution.options if isinstance(resolution, (OverCountyLine, Ambiguous)) else ()


def _resolve_words(text: str) -> Resolution:
    words = fold(text)
    if not words:
        return UnknownPlace(text)
    if _names_another_state(text, words):
        return OutsideCalifornia(text)
    for reading in (words, _without_state(words)):
        resolution = _read(text, reading)
        if not isinstance(resolution, UnknownPlace):
            return resolution
    return UnknownPlace(text)


def _read(text: str, words: str) -> Resolution:
    """The first reading that knows the words; the plain name comes before any marker, so that names keep theirs."""
    known = gazetteer().names.get(words)
    if known is not None:
        return _meaning(text, known.options)
    for reader in (_read_county, _read_city, _read_short, _read_lead, _read_pair, _read_part):
        options = reader(words)
        if options:
            return _meaning(text, options)
    return UnknownPlace(text)


def _meaning(text: str, options: tuple[Place, ...]) -> Resolution:
    if not options:
        return OutsideCalifornia(text)
    return options[0] if len(options) == 1 else Ambiguous(text, options)


def _known(words: str) -> tuple[Place, ...]:
    found = gazetteer().names.get(words)
    return found.options if found else ()


def _county_words(words: str) -> str | None:
    match = _COUNTY.match(words)
    if match is None:
        return None
    bare = match["a"] or match["b"]
    return bare if bare in gazetteer().counties else re.sub(r"^(?:the|el) ", "", bare)  # El Dorado keeps its article


def _read_county(words: str) -> tuple[Place, ...]:
    """ "kern county", "condado de kern", and a place before it: "turlock stanislaus county"."""
    counties = gazetteer().counties
    bare = _county_words(words)
    if bare is None:
        return ()
    if bare in counties:
        return (counties[bare],)
    short = _known(bare)
    if len(short) == 1 and short[0].county == short[0].name:
        return (counties[fold(short[0].county)],)
    match = re.match(r"^(.+) (?:county|co|cty)$", words) or re.match(
        r"^(.+?) (?:en el )?condado(?: de| del)? (.+)$", words
    )
    return _place_in_county(words) if match else ()


def _place_in_county(words: str) -> tuple[Place, ...]:
    for place, county in _place_and_county(words):
        options = _known(place) or _read_city(place) or _read_short(place)
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
    match = _CITY.match(words)
    if match is None:
        return ()
    options = tuple(place for place in _known(match["a"] or match["b"]) if place.kind is not PlaceKind.COUNTY)
    return tuple(place for place in options if place.kind is PlaceKind.CITY) or options


def _read_short(words: str) -> tuple[Place, ...]:
    """ "st helena", "sta ana", "n hollywood"."""
    spelled = " ".join(_SHORT_WORDS.get(word, word) for word in words.split())
    return _known(spelled) if spelled != words else ()


def _read_lead(words: str) -> tuple[Place, ...]:
    match = _LEAD.match(words)
    if match is None:
        return ()
    return _known(match[1]) or _read_county(match[1]) or _read_city(match[1])


def _read_pair(words: str) -> tuple[Place, ...]:
    """ "boyle heights los angeles", "turlock stanislaus"; two places that do not hold one another are both options."""
    parts = words.split()
    for cut in range(len(parts) - 1, 0, -1):
        head = _known(" ".join(parts[:cut])) or _read_short(" ".join(parts[:cut]))
        tail = _known(" ".join(parts[cut:]))
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
    match = _PART.match(words)
    options = _known(match[1]) if match else ()
    return tuple(place for place in options if place.kind is not PlaceKind.COUNTY)


def _without_state(words: str) -> str:
    for ending in _STATE_ENDINGS:
        if words.endswith(f" {ending}") and not words.endswith("baja california"):
            return _without_state(words[: -len(ending) - 1])
    return words


def _names_another_state(text: str, words: str) -> bool:
    """ "Portland, OR", "Reno Nevada"; a code is one only after a comma, in capitals, or after a name from outside."""
    head, _, tail = words.rpartition(" ")
    if not head or words in gazetteer().names or tail == "ca":
        return False
    if tail.upper() in STATES:
        written = re.search(r"(,?)\s*\b([A-Za-z])\.?\s?([A-Za-z])\.?\s*$", text)
        is_code = written is not None and (
            bool(written[1]) or ((written[2] + written[3]).isupper() and not text.isupper())
        )
        return _is_outside(head) or (is_code and not (_known(tail) and _known(head)))
    return _ends_in_outside(words) or (tail == "nevada" and head != "sierra")


def _is_outside(words: str) -> bool:
    known = gazetteer().names.get(words)
    return known is not None and not known.options


def _ends_in_outside(words: str) -> bool:
    parts = words.split()
    return any(_is_outside(" ".join(parts[cut:])) for cut in range(1, len(parts)))


STOP_NAMES: frozenset[str] = frozenset(name.strip() for line in lines("stop_names.csv") for name in line.split(","))
"""Names that are also ordinary words or people's names: not to be taken for a place without context."""
