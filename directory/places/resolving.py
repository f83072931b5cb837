"""From a text to one of the six answers, and back."""

from __future__ import annotations

import re
from dataclasses import replace

from directory.data.gazetteer import COUNTIES, FIRST_ZIP, fold, gazetteer
from directory.model import Place, PlaceKind
from directory.places.answers import Ambiguous, BadZip, OutsideCalifornia, OverCountyLine, Resolution, UnknownPlace
from directory.places.around_names import without_filler, without_state
from directory.places.outside import names_another_state
from directory.places.readings import county_words, read

__all__ = ["county_of", "resolve", "text_for"]

_LONGEST = 120  # characters; what is longer is no place
_LAST_ZIP = "96162"
_ZIP_IN_TEXT = re.compile(
    r"^(?P<before>.*?)(?<![\d.#])(?P<zip>\d{5})(?:\.0+|\s*-\s*\d{4})?(?![\d.\-]\d)(?P<after>\D*)$", re.S
)


def resolve(text: str) -> Resolution:
    """What place `text` is: a ZIP, a city, a neighborhood or a county of California, or which kind of none."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return UnknownPlace(text)
    rest, code = _split_zip(text)
    if code is None:
        return _resolve_bare(text)
    filler_only = not without_filler(fold(rest))
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
    words = without_state(fold(text))
    bare = county_words(words) or words
    place = gazetteer().counties.get(bare)
    if place is not None:
        return place.county
    known = gazetteer().names.get(bare)
    if known is None or len(known.options) != 1 or known.canonical.removesuffix(" County") not in COUNTIES:
        return None
    return known.options[0].county


def _split_zip(text: str) -> tuple[str, str | None]:
    match = _ZIP_IN_TEXT.match(text)
    if match is None:
        return text, None
    return f"{match['before']} {match['after']}".strip(" ,"), match["zip"]


def _resolve_bare(text: str) -> Resolution:
    number = re.sub(r"\.0+$", "", without_filler(fold(re.sub(r"\.0+\b", "", text))))
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
    if names_another_state(text, words):
        return OutsideCalifornia(text)
    for reading in (words, without_state(words)):
        resolution = _read(text, reading)
        if not isinstance(resolution, UnknownPlace):
            return resolution
    return UnknownPlace(text)


def _read(text: str, words: str) -> Resolution:
    """The first reading that knows the words; the plain name comes before any marker, so that names keep theirs."""
    known = gazetteer().names.get(words)
    if known is not None:
        return _meaning(text, known.options)
    options = read(words)
    return _meaning(text, options) if options else UnknownPlace(text)


def _meaning(text: str, options: tuple[Place, ...]) -> Resolution:
    if not options:
        return OutsideCalifornia(text)
    return options[0] if len(options) == 1 else Ambiguous(text, options)
