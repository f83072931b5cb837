"""Which services must not be found by those whom their clients fled, and what is taken from such a listing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from directory import places
from directory.model import Listing, Phone, Place, PlaceKind, Reach

__all__ = ["is_confidential", "public_name", "shows_place", "withhold"]

# In a name: a service for people who fled violence at home or were trafficked.
_NAMED = re.compile(
    r"""domestic\W+violence | battered | family\W+violence | intimate\W+partner | dating\W+violence
      | abused\W+wom[ae]n
      | domestic\W+abuse | spous\w+\W+abuse | partner\W+abuse | abuse\W+shelter
      | \brapes?\b | sexual\W+(?:assault|violence)
      | human\W+traffick | traffick(?:ed|ing) | safe\W?house | women'?s\W+(?:crisis|refuge|shelter)
      | violencia\W+(?:dom[eé]stica|familiar|intrafamiliar|en\W+el\W+hogar|de\W+g[eé]nero|sexual)
      | mujeres\W+(?:maltratadas|golpeadas|abusadas) | maltrato\W+(?:dom|famil)\w* | trata\W+de\W+personas
      | casa\W+segura | refugio\W+(?:secreto|confidencial) | agresi[oó]n\W+sexual""",
    re.I | re.X,
)
# In a description: the same words near a place to stay or a promise that nobody is told where.
_VIOLENCE = re.compile(
    r"""domestic\W+violence | battered | family\W+violence | intimate\W+partner
      | domestic\W+abuse | relationship\W+abuse
      | abus(?:ed|ive)\W+(?:women|partner|relationship|spouse)\w* | traffick(?:ed|ing)
      | violent\W+(?:home|partner|relationship)s?
      | violencia\W+(?:dom[eé]stica|familiar|intrafamiliar|en\W+el\W+hogar|de\W+g[eé]nero)
      | mujeres\W+(?:maltratadas|golpeadas|abusadas) | trata\W+de\W+personas
      | violencia\W+en\W+(?:su|la)\W+(?:casa|pareja)""",
    re.I | re.X,
)
_REFUGE = re.compile(
    r"""shelter | safe\W?(?:house|home|place|haven|housing) | refuge | transitional\W+hous
      | confidential\W+(?:location|address|site)
      | undisclosed | secret\W+location | emergency\W+hous | hot\W?line | survivor | crisis\W+(?:line|intervention)
      | restraining\W+order | victim
      | refugio | albergue | casa\W+segura | (?:lugar|direcci[oó]n|ubicaci[oó]n)\W+(?:secret|confidencial)\w*
      | v[ií]ctima
      | l[ií]nea\W+de\W+crisis | sobrevivient""",
    re.I | re.X,
)
# A kind of service in few words: what is called so is such a place wherever its name says nothing.
_SHORT = re.compile(
    r"\bd\.?v\.?\W+(?:emergency\W+)?(?:shelter|safe\W?house|housing|refuge)"
    r"|(?:shelters?|refuge)\W+for\W+(?:abused|battered)|(?:refugio|albergue)s?\W+para\W+(?:mujeres|v[ií]ctimas)",
    re.I,
)
_STAY = re.compile(
    r"shelter | safe\W?(?:house|home|place|haven|housing) | refuge | housing | refugio | albergue | casa\W+segura",
    re.I | re.X,
)
# Part of every word above, as `casefold` leaves it: a text without any of them needs no closer look.
_STEMS = (
    "violen", "batter", "abus", "rape", "sexual", "traffick", "safe", "wom", "mujer", "maltrat", "trata", "segura",
    "refugio", "intimate", "confiden", "undisclosed", "secret",
)  # fmt: skip
# To a pattern without regard to case these are i, s and k.
_ODD_LETTERS = frozenset("\u0130\u0131\u017f\u212a")
_NEAR = 90
"""Letters between the two: farther apart they mostly speak of two things."""
_SECRET = re.compile(
    r"""(?:confidential|undisclosed|secret)\W+(?:shelter|location|address|site)
      | (?:direcci[oó]n|ubicaci[oó]n|lugar|albergue|refugio)\W+(?:confidencial|secret[ao])""",
    re.I | re.X,
)

_SUFFIX = (
    r"(?:st|street|ave?|avenue|blvd|boulevard|rd|road|dr|drive|ln|lane|ct|court|cir|circle|pl|place|way|pkwy|parkway"
    r"|hwy|highway|ter|terrace|loop|alley|square|sq|plaza|calle|avenida|camino|real)"
)
_ADDRESS_LIKE = re.compile(
    rf"""\b\d{{1,6}}(?:-\d+)?\s+(?:[NSEW]\.?\s+)?(?:[\w.'’-]+\s+){{0,4}}?{_SUFFIX}\b\.?
          (?:\s*,?\s*(?:\#|suite|ste|apt|unit|room|floor|piso|oficina)\.?\s*[\w-]+)?
      | \b(?:p\.?\s*o\.?\s*box|apartado(?:\s+postal)?)\s*\#?\s*\d+
      | \b(?:calle|avenida|av\.|camino|paseo)\s+(?:[\w.'’-]+\s+){{1,4}}?(?:n[uú]m(?:ero)?\.?|\#|no\.)?\s*\d{{1,6}}\b
      | \b(?:corner|intersection|esquina)\s+(?:of|de)\s+[\w.'’-]+(?:\s+[\w.'’-]+){{0,3}}\s+(?:and|&|y|con)\s+[\w.'’-]+
          (?:\s+{_SUFFIX}\b)?
      | (?:,\s*)?\bCA\.?,?\s+\d{{5}}(?:-\d{{4}})?\b
      | \b9[0-6]\d{{3}}(?:-\d{{4}})?\b""",
    re.I | re.X,
)
_CITY_AND_STATE = re.compile(r"(?:[A-ZÁ-Ú][\w.'’]*\s+){0,3}[A-ZÁ-Ú][\w.'’]*,\s*(?:CA|Calif(?:ornia)?)\b")
# A street without a word for street ("427 South Van Ness", "1200 Mission"); not the end of a phone, not 211.
_NUMBER_AND_NAME = re.compile(
    r"""(?<![\d.,)–-])(?<![\d)–-]\s)(?<![\d)]\s[–-]\s)\b(?!(?:[2-9]11|988)\b)
        (?:\d{1,5}\s+(?:North|South|East|West|Norte|Sur|[NSEW]\.?)\s+[A-Z][\w'’]+ | \d{3,5}\s+[A-Z][a-z][\w'’]+)
        (?:\s+[A-Z][\w'’]+){0,2}""",
    re.X,
)
_MAP = re.compile(
    r"\S*(?:maps\.app|goo\.gl/maps|google\.[a-z.]+/maps|maps\.google|maps\.apple|bing\.com/maps|openstreetmap|waze\.com"
    r"|mapquest|/maps?/|/directions?\b|what3words)\S*",
    re.I,
)
_TEXTS = ("description", "hours_text", "eligibility_text", "fees_text", "how_to_apply", "documents")
_WITHHELD = "[…]"
_WORD = re.compile(r"\w+")


def is_confidential(*, name: str, texts: str, kinds: Iterable[str] = ()) -> bool:
    """Whether name or texts are those of a service for people who fled violence; in doubt it is.

    `kinds` name what is done there, each for itself: of "domestic violence shelter" the kind alone is enough.
    """
    if any(_is_refuge(part) for kind in kinds for part in re.split(r"[;|\n]", kind)):
        return True
    if not _may_tell(f"{name} {texts}"):
        return False
    if _NAMED.search(name) or _SECRET.search(texts):
        return True
    near = (texts[max(0, found.start() - _NEAR) : found.end() + _NEAR] for found in _VIOLENCE.finditer(texts))
    return any(_REFUGE.search(around) for around in near)


@lru_cache(maxsize=4096)
def _is_refuge(kind: str) -> bool:
    """Whether the name of a service is that of a place to stay for those who fled."""
    if _SHORT.search(kind):
        return True
    return bool(_may_tell(kind) and (_NAMED.search(kind) or _SECRET.search(kind)) and _STAY.search(kind))


def _may_tell(text: str) -> bool:
    """Whether a word of the patterns may stand in the text; letters that only a pattern takes for others count."""
    folded = text.casefold()
    return any(stem in folded for stem in _STEMS) or (not text.isascii() and not _ODD_LETTERS.isdisjoint(text))


def withhold(listing: Listing) -> Listing:
    """The listing without address, city, ZIP, point and maps, in its fields and inside its texts.

    A public name may hold a city ("Villa Luz de Modesto"), which is how people ask for it; a street it may not.
    """
    own = _own_words(listing)
    return replace(
        listing,
        organization=public_name(listing.organization),
        name=public_name(listing.name),
        description=_scrub(listing.description, own),
        hours_text=_scrub(listing.hours_text, own),
        eligibility_text=_scrub(listing.eligibility_text, own),
        fees_text=_scrub(listing.fees_text, own),
        how_to_apply=_scrub(listing.how_to_apply, own),
        documents=_scrub(listing.documents, own),
        address=None,
        latitude=None,
        longitude=None,
        url=None if listing.url and _leads_there(listing.url) else listing.url,
        phones=tuple(_unlabeled(phone, own) for phone in listing.phones),
        reach=Reach.COUNTY,
        confidential=True,
    )


def public_name(name: str) -> str:
    """The name of a place or an organization without a street in it."""
    return _without(name, (_MAP, _ADDRESS_LIKE)) or _WITHHELD


def _own_words(listing: Listing) -> re.Pattern[str] | None:
    """The street, the ZIP and the city of this listing; a city that is also a county served says nothing new."""
    if listing.address is None:
        return None
    served = {county.casefold() for county in listing.counties}
    city = listing.address.city
    parts = [
        listing.address.address_1,
        listing.address.postal_code,
        city if (city or "").casefold() not in served else "",
    ]
    # The number and the first word of the street, whatever the text makes of the rest.
    begins = re.match(r"\d+\s+(?:[NSEW]\.?\s+)?[\w'’]{3,}", listing.address.address_1 or "")
    said = [part for part in (*parts, begins and begins.group()) if part and len(part) > 2]
    texts = _told(listing)
    folded, odd = texts.casefold(), not _ODD_LETTERS.isdisjoint(texts)
    found = [re.escape(part) for part in said if odd or part.casefold() in folded]
    found += _street_alone(listing.address.address_1 or "", texts)
    return re.compile(rf"\b(?:{'|'.join(found)})(?!\w)", re.I) if found else None


_STREET = re.compile(
    rf"\d+\S*\s+(?:(?:North|South|East|West|[NSEW]\.?)\s+)?((?:(?!{_SUFFIX}\b)[\w'’]+\s*){{1,4}})", re.I
)


def _street_alone(street: str, texts: str) -> list[str]:
    """The name of the street as a text writes names: "off Quetzal"; "hope" is not the one of Hope Street."""
    found = _STREET.match(street)
    name = found[1].strip() if found else ""
    ways = {way for way in (name, name.title(), name.upper()) if way in texts} if len(name) > 3 else set()
    return [f"(?-i:{re.escape(way)})" for way in ways]


def _told(listing: Listing) -> str:
    """All that the listing says in words of its own."""
    texts = (*(getattr(listing, name) for name in _TEXTS), *(phone.label for phone in listing.phones))
    return " | ".join(filter(None, texts))


@cache
def _cities() -> tuple[re.Pattern[str], frozenset[str]]:
    """The cities and neighborhoods of California as names are written, and the first words of their names.

    Not those that are words, or counties too.
    """
    named = {name: found for name, text in places.names().items() if isinstance(found := places.resolve(text), Place)}
    towns = {name for name, place in named.items() if place.kind in (PlaceKind.CITY, PlaceKind.NEIGHBORHOOD)}
    told = {name.title() for name in towns - places.STOP_NAMES if len(name) > 3} - set(places.COUNTIES)
    names = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, told), key=len, reverse=True))})(?!\w)")
    return names, frozenset(begins.group() for name in told if (begins := _WORD.match(name)))


def _without_cities(text: str) -> str:
    names, first = _cities()
    return text if first.isdisjoint(_WORD.findall(text)) else names.sub(_WITHHELD, text)


def _leads_there(url: str) -> bool:
    spelled = re.sub(r"[/_+-]|%20", " ", url)
    return bool(_MAP.search(url) or _ADDRESS_LIKE.search(spelled))


def _unlabeled(phone: Phone, own: re.Pattern[str] | None) -> Phone:
    label = _scrub(phone.label, own)
    return replace(phone, label=None if label and _WITHHELD in label else label)


def _scrub(text: str | None, own: re.Pattern[str] | None) -> str | None:
    """The text without places; a sentence that told one goes whole when others are left."""
    return _without(text, (_MAP, own, _ADDRESS_LIKE, _NUMBER_AND_NAME, _CITY_AND_STATE), cities=True)


def _without(text: str | None, patterns: Iterable[re.Pattern[str] | None], *, cities: bool = False) -> str | None:
    if not text:
        return text
    for pattern in patterns:
        text = pattern.sub(_WITHHELD, text) if pattern else text
    text = _without_cities(text) if cities else text
    if _WITHHELD not in text:
        return text.strip()
    sentences = [sentence for sentence in re.split(r"(?<=[.!?])\s+", text) if _WITHHELD not in sentence]
    if sentences and _WITHHELD in text:
        return " ".join(sentences)
    return re.sub(rf"(?:{re.escape(_WITHHELD)}[\s,]*)+", _WITHHELD + " ", text).strip()


def shows_place(listing: Listing) -> bool:
    """Whether a text of the listing still reads like an address, a city or a map."""
    names = " | ".join((listing.organization, listing.name))
    said = (*(getattr(listing, name) for name in _TEXTS), *(phone.label for phone in listing.phones))
    texts = " | ".join(filter(None, said))
    return bool(
        listing.address
        or (listing.url and _leads_there(listing.url))
        or any(pattern.search(f"{names} | {texts}") for pattern in (_MAP, _ADDRESS_LIKE))
        or any(pattern.search(texts) for pattern in (_NUMBER_AND_NAME, _CITY_AND_STATE))
        or _without_cities(texts) != texts
    )
