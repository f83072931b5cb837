"""One cell of text -> one value of the model, or "cannot be read"; no function here knows a list."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from directory.eligibility import strict
from directory.folding import spaced
from directory.model import Capacity, Tri

__all__ = [
    "SIGNS", "blank", "capacity", "clean", "coordinates", "day", "email", "everywhere", "excerpt", "formula",
    "full_address", "languages", "link", "no_referrals", "region", "split", "tidy", "title", "tri", "unsure_region",
    "zip_code",
]  # fmt: skip

# Only tags that HTML has: "<name@example.org>" is no tag, and "<5 years" neither.
_MARKUP = re.compile(
    r"<(script|style)(?=[\s>])[^>]*>.*?(?:</\1\s*>|$)"
    r"|</?(?:p|br|b|i|u|a|ul|ol|li|dl|dt|dd|strong|em|small|big|sup|sub|div|span|font|center|h[1-6r]|table|t[rdh]|thead"
    r"|tbody|img|svg|iframe|object|embed|form|input|button|select|textarea|link|meta|base|html|head|body|title|section"
    r"|article|nav|script|style|video|audio|source|math)(?=[\s/>])[^>]*>"
    r"|<!--.*?-->|<!doctype[^>]*>",
    re.I | re.S,
)
# What a spreadsheet would work out instead of showing: "=HYPERLINK(...)", "=1+1", "+SUM(A1)".
_FORMULA = re.compile(r"\s*(?:=|[+@-]\s*[A-Za-z][\w.]*\()")
# With what a formula may begin; a look at one letter spares the search for most cells.
SIGNS = frozenset("=+@- \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    chr(code) for code in range(0x2000, 0x200B)
}
# Control characters, zero-width characters and marks of writing direction: none of them is text anyone typed.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d")
_ZIP = re.compile(r"(\d{5})(?:\.0+|-\d{4}|-)?")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s<>\"]*)?", re.I)
_ADDRESS = re.compile(
    r"(?P<street>.+?),\s*(?P<city>[A-Za-z .'\u200b-]+?),+\s*(?P<state>CA|Calif\w*)?[,.]?\s*(?P<zip>\d{5}(?:-\d{4})?)?$"
)
# A point before a comma or at the end, unless it belongs to a short form: "Inc.", "St.", "U.S.", "Jr.".
_STRAY_POINT = re.compile(
    r"(?<!\b\w)(?<!\bInc)(?<!\bCo)(?<!\bCorp)(?<!\bLtd)(?<!\bJr)(?<!\bSr)(?<!\bSt)(?<!\bDr)(?<!\bMt)(?<!\bDept)"
    r"(?<!\bAve)(?<!\bBlvd)(?<!\bAssn)(?<!\betc)\.+(?=\s*(?:[,;:]|$|[\s,;:.–—-]+$))",
    re.I,
)
_FOOTNOTE = ("*", "†", "‡")
_MARKS = frozenset(".,;:-–—")
_STRAY_MARKS = re.compile(r"\s*([,;:])(?:\s*[,;:])*(?=\s|$)")
_LONGEST_NOTHING = 40
_SPLIT = re.compile(r"[,;|/\n]|\s+&\s+|\s+and\s+|\s+y\s+")
_SMALL = frozenset(
    ("of", "the", "and", "for", "by", "in", "on", "at", "to", "a", "an", "de", "del", "la", "las", "los", "el", "y",
     "en", "e", "para")
)  # fmt: skip
_STAY = frozenset(
    ("YMCA", "YWCA", "WIC", "LLC", "USA", "CA", "IHSS", "CBAS", "AIDS", "HIV", "ADA", "ID", "II", "III", "IV", "NE",
     "NW", "SE", "SW", "PO", "ECM", "SNAP", "VA", "UC", "UCSF", "LGBT", "LGBTQ", "SSI", "TTY", "FERA")
)  # fmt: skip


@cache
def _words() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", strict.plain(Path(__file__).parent / "words.yml"))


@cache
def _index(name: str) -> Mapping[str, str]:
    return {word: value for value, words in _words()[name].items() for word in words}


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_words()[name])


def clean(text: str) -> str:
    """The text without markup, invisible characters and doubled spaces."""
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    return _cleaned(text)


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    if "Ã" in text or "â€" in text:
        text = _once_decoded(text)
    if "<" in text or "&" in text:
        text = _MARKUP.sub(" ", html.unescape(_MARKUP.sub(" ", text)))
    return " ".join(_INVISIBLE.sub("", text).split())


def _once_decoded(text: str) -> str:
    """UTF-8 that somebody read as Windows text ("Ã¡"), read right; as it is when that does not come out even."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def excerpt(text: str, longest: int = 80) -> str:
    """The beginning of a text, clean, for a person to recognize it by."""
    text = clean(text[: 4 * longest])
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def formula(text: str) -> bool:
    """Whether the cell is a formula of a spreadsheet and not a text."""
    return text[:1] in SIGNS and _FORMULA.match(text) is not None


def blank(text: str) -> bool:
    """Whether the cell says nothing: empty, or a word that stands for empty."""
    return len(text) <= _LONGEST_NOTHING and text.casefold().strip(" .*") in _set("nothing")


def split(text: str, at: str | None = None) -> list[str]:
    """The values in one cell, cut at any of the characters of `at`, else at commas, semicolons, slashes, "&", "and"."""
    parts = re.split(f"[{re.escape(at)}\n]", text) if at else _SPLIT.split(text)
    return [part for part in (part.strip(" .*†‡") for part in parts) if part]


def _without_star(text: str) -> str:
    """The text without the mark of a footnote at its end; "**Wait List**" is no footnote."""
    if text[-1:] not in _FOOTNOTE:
        return text
    bare = text.rstrip(" *†‡")
    return text if "*" in bare else bare


def tidy(text: str) -> str:
    """A name without stray points and commas: "Health Services., Nutrition.," -> "Health Services, Nutrition"."""
    text = _without_star(text)
    if not (_MARKS & set(text)):
        return text.strip(" ")
    text = _STRAY_MARKS.sub(r"\1", _STRAY_POINT.sub("", text)).replace(", (", " (")
    return text.lstrip(" ,;:.-–—").rstrip(" ,;:-–—")


def title(text: str, *, place: bool = False) -> str:
    """A name in the casing of names when it is ALL CAPS; a short one may be an acronym and stays, unless a `place`."""
    if not text.isupper():
        return text
    letters = [letter for letter in text if letter.isalpha()]
    short = not place and (len(letters) < 10 or " " not in text.strip())
    if short:
        return text
    words = text.split(" ")
    return " ".join(_titled(word, first=number == 0) for number, word in enumerate(words))


def _titled(word: str, *, first: bool) -> str:
    bare = word.strip("().,'\"")
    if bare in _STAY or "&" in bare or (len(bare) > 1 and len(bare) <= 4 and not re.search(r"[AEIOUYÁÉÍÓÚ]", bare)):
        return word if bare not in ("ST", "DR", "RD", "BLVD", "MT", "FT") else word.capitalize()
    if word.casefold() in _SMALL and not first:
        return word.casefold()
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: m.group().capitalize(), word)


def tri(text: str) -> Tri | None:
    """Yes, no, or unknown for an empty cell; None when the cell says something else."""
    word = text.casefold().strip(" .")
    if word in _set("yes"):
        return Tri.YES
    if word in _set("no"):
        return Tri.NO
    return Tri.UNKNOWN if blank(word) else None


def no_referrals(text: str) -> bool:
    """Whether the words, under a heading such as "Accepting referrals", say that it takes none now."""
    return spaced(text).strip(" .*!") in _set("no_referrals")


def capacity(text: str) -> Capacity | None:
    """What the words say of room; None when they cannot be read."""
    word = text.casefold().strip(" .*")
    if blank(word):
        return Capacity.UNKNOWN
    known = _index("capacity").get(word)
    known = known or next((value for part, value in _index("capacity_within").items() if part in word), None)
    return Capacity(known) if known else None


@lru_cache(maxsize=1024)
def day(text: str) -> date | None:
    """The day; None when it cannot be read as one. Month stands before day, as lists in California write it."""
    text = re.sub(r"(?<=\d)[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$", "", text.strip())
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def zip_code(text: str) -> str | None:
    """Five digits, also from `94610.0` and `94610-1234`; None when there are not five."""
    found = _ZIP.fullmatch(text.strip(" *†‡\t"))
    return found.group(1) if found else None


def coordinates(latitude: str, longitude: str) -> tuple[float, float] | None:
    """A point in or around California (WGS84); None when it is not."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    return (north, east) if 32.0 <= north <= 42.5 and -125.0 <= east <= -113.5 else None


def email(text: str) -> str | None:
    """The first e-mail address in the cell."""
    found = _EMAIL.search(text)
    return found.group() if found else None


def link(text: str) -> str | None:
    """The first web address in the cell, with `https://` before it when the list has none."""
    for word in text.split():
        word = word.strip("<>()[],;\"'").rstrip(".")
        found = _LINK.fullmatch(word)
        if found and "@" not in word.split("/")[0]:
            return word if found.group(1) else f"https://{word}"
    return None


def full_address(text: str) -> dict[str, str]:
    """Street, city and ZIP of an address written in one cell; only the street when it does not read as all three."""
    found = _ADDRESS.fullmatch(text.strip(" ,"))
    if found is None:
        return {"address_1": text}
    parts = {"address_1": found["street"], "city": found["city"].strip(), "postal_code": found["zip"]}
    return {name: value for name, value in parts.items() if value}


def languages(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The language codes in the cell, and the words that are no language we know."""
    if blank(text):
        return (), ()
    index = _index("languages")
    codes: dict[str, None] = {}
    unread = []
    whole = text.casefold().strip(" .*†‡")
    for part in [whole] if whole in index else [part.casefold() for part in split(text)]:
        code = index.get(part) or index.get(re.sub(r"\s*\(.*\)$", "", part))
        if code:
            codes[code] = None
        elif part not in _set("no_language"):
            unread.append(part)
    return tuple(codes), tuple(unread)


def everywhere(words: Iterable[str]) -> bool:
    """Whether one of the words means all of California."""
    return any(word.casefold().strip(" .*") in _set("everywhere") for word in words)


def region(word: str) -> tuple[str, ...] | None:
    """The counties of a region that an authority has defined; None for any other word."""
    return _regions().get(_region_name(word))


def unsure_region(word: str) -> bool:
    """Whether the word is a region of California without one agreed border."""
    return _region_name(word) in _set("unsure_regions")


def _region_name(word: str) -> str:
    bare = re.sub(r"\b(?:the|region|counties)\b", " ", word.casefold())
    return " ".join(re.sub(r"[^\w\s-]", " ", bare).split())


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    found = _words()["regions"].values()
    return {name: tuple(item["counties"]) for item in found for name in item["names"]}
