"""Names and streets as words that can be compared, whatever way a list writes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["DIRECTIONS", "WEAK", "Street", "city", "initials", "name", "street"]

_SMALL = (
    "the of and for a an at in on to by de la el los las del y e inc incorporated llc llp lp pllc corp corporation co"
    " company ltd limited pc apc nonprofit dba aka fka"
)
_LEFT_OUT = frozenset(_SMALL.split())
_WRITTEN = {
    "st": "saint", "ste": "saint", "sta": "santa", "ctr": "center", "cntr": "center", "centre": "center",
    "cen": "center", "comm": "community", "cmty": "community", "commty": "community", "svc": "service",
    "svcs": "service", "srv": "service", "srvcs": "service", "serv": "service", "assn": "association",
    "assoc": "association", "dept": "department", "dpt": "department", "hlth": "health", "hosp": "hospital",
    "intl": "international", "natl": "national", "univ": "university", "med": "medical", "mt": "mount", "ft": "fort",
    "org": "organization", "fdn": "foundation", "fndn": "foundation", "prog": "program", "pgm": "program",
    "govt": "government", "mgmt": "management", "cnty": "county", "cty": "county", "fam": "family",
    "ministry": "ministrie",
    "n": "north", "s": "south", "e": "east", "w": "west", "sr": "senior", "srs": "senior", "dev": "development",
    "transp": "transportation", "resrc": "resource", "res": "resource", "ch": "church", "sch": "school",
    "charity": "charitie", "clin": "clinic", "hsg": "housing", "mtn": "mountain", "vly": "valley",
    "nbhd": "neighborhood",
}  # fmt: skip
DIRECTIONS = frozenset({"north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest",
                        "upper", "lower", "norte", "sur", "este", "oeste"})  # fmt: skip
_COMMON = (
    "center service program office community county city clinic health family resource department house home help food"
    " bank pantry church school hospital medical senior care district organization foundation association regional"
    " agency project group society network administration headquarter main division site location branch campus"
    " development housing outreach ministrie council public human social support california area bay neighborhood"
    " partner coalition committee board authority"
)
WEAK = frozenset(_COMMON.split())
"""Words that many organizations have in their names: they tell none apart."""
_SHORT = re.compile(r"\(\s*[A-Z][A-Z.&/ -]{1,9}\s*\)")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 13)
def name(text: str) -> tuple[str, ...]:
    """The words of a name in order, without accents, legal endings, small words, plurals and a bracketed short form."""
    if "(" in text:
        text = _SHORT.sub(" ", text)
    words = _WORD.findall(_plain(text))
    kept = tuple(_singular(_WRITTEN.get(word, word)) for word in words if word not in _LEFT_OUT)
    return kept or tuple(words)


def initials(text: str) -> frozenset[str]:
    """The short forms a name may have: the first letters of its words, with the small ones and without."""
    words = [word for word in _WORD.findall(_plain(_SHORT.sub(" ", text))) if word.isalpha()]
    own = frozenset(re.sub(r"[^a-z]", "", found.casefold()) for found in _SHORT.findall(text))
    forms = ([word for word in words if keep or word not in _LEFT_OUT] for keep in (True, False))
    return own | frozenset("".join(word[0] for word in form) for form in forms if len(form) > 1)


@lru_cache(maxsize=1 << 12)
def city(text: str) -> str:
    """A city, to be compared."""
    return " ".join(_LONG_CITY.get(word, word) for word in _WORD.findall(_plain(text)))


_LONG_CITY = {"st": "saint", "so": "south", "s": "south", "n": "north", "e": "east", "w": "west", "mt": "mount",
              "ft": "fort", "sta": "santa", "la": "la", "ssf": "south san francisco"}  # fmt: skip


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return text.casefold().replace("'", "").replace("&", " and ").replace("+", " and ")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "su" else word


@dataclass(frozen=True)
class Street:
    """An address line: `number` None where there is none, `box` a post-office box, `name` without kind or direction."""

    number: str | None
    name: tuple[str, ...]
    kind: str | None = None
    direction: str | None = None
    unit: str | None = None
    box: bool = False


_KINDS = {
    "street": "st", "str": "st", "st": "st", "avenue": "ave", "av": "ave", "ave": "ave", "aven": "ave",
    "boulevard": "blvd", "blvd": "blvd", "bl": "blvd", "road": "rd", "rd": "rd", "drive": "dr", "dr": "dr",
    "lane": "ln", "ln": "ln", "court": "ct", "ct": "ct", "circle": "cir", "cir": "cir", "place": "pl", "pl": "pl",
    "way": "way", "wy": "way", "parkway": "pkwy", "pkwy": "pkwy", "pky": "pkwy", "highway": "hwy", "hwy": "hwy",
    "terrace": "ter", "ter": "ter", "square": "sq", "sq": "sq", "plaza": "plz", "plz": "plz", "alley": "aly",
    "aly": "aly", "loop": "loop", "expressway": "expy", "expy": "expy",
}  # fmt: skip
_POINTS = {"north": "n", "n": "n", "no": "n", "south": "s", "s": "s", "so": "s", "east": "e", "e": "e", "west": "w",
           "w": "w", "ne": "ne", "nw": "nw", "se": "se", "sw": "sw"}  # fmt: skip
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
             "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th",
             "twelfth": "12th"}  # fmt: skip
_STREET_WORDS = {**_ORDINALS, "ctr": "center", "centre": "center", "mt": "mount", "saint": "st", "cmno": "camino"}
_UNIT = re.compile(
    r"""[\s,]*(?:\b(?:suites?|ste|unit|apartment|apt|room|rm|building|bldg|space|spc|trailer|office|ofc|floor|fl|piso)\b
        \.?\s*\#?\s*|\#\s*)(?P<after>[a-z]?-?\d+[a-z]?|[a-z])\b\W*
      | [\s,]+(?P<before>\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|ground|main)\s+fl(?:oor|r)?\b\W*""",
    re.X,
)
_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s*\#?\s*(\d+)")
_NUMBER = re.compile(r"\s*(\d+)\s*(?:[-–]\s*(?=\d+(?:st|nd|rd|th)\b)|[-–]\s*\d+\b|(?:1/2|½))?\s*(?:([a-z])\s+(?=\w))?")


@lru_cache(maxsize=1 << 13)
def street(text: str) -> Street:
    """The parts of an address line."""
    line = _plain(text)
    if box := _BOX.search(line):
        return Street(box[1], (), box=True)
    units = [found["after"] or found["before"] for found in _UNIT.finditer(line)]
    line = _UNIT.sub(" ", line)
    start = _NUMBER.match(line)
    number = start[1] if start else None
    rest = line[start.end() :] if start else line
    point = start[2] if start and start[2] in _POINTS else None
    words = [_STREET_WORDS.get(word, word) for word in _WORD.findall(rest)]
    named = len(words) > 1 and words[-1] in _KINDS  # "10 S Court St"
    if start and start[2] and not named and (not words or words[0] in _KINDS):  # "1201 K Street"
        words, point = [start[2], *words], None
    return _street(number, words, point, units)


def _street(number: str | None, words: list[str], point: str | None, units: list[str]) -> Street:
    if len(words) > 1 and not point and words[0] in _POINTS and words[1] not in _KINDS:
        point = words.pop(0)
    if len(words) > 1 and not point and words[-1] in _POINTS:
        point = words.pop()
    kind = None
    if len(words) > 1 and words[-1] in _KINDS:
        kind = _KINDS[words.pop()]
    unit = "-".join(sorted(unit.replace("-", "") for unit in units)) or None
    return Street(number, tuple(words), kind, _POINTS[point] if point else None, unit)
