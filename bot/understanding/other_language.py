"""Which language a message is in when it is neither English nor Spanish: by script, by words, and confirmed by lingua.

A name, a place, Spanglish or a misspelled word is never enough; what is not sure is no other language. Chinese is
`zh-Hans`, `zh-Hant`, or `zh` where the characters are common to both; `und` is a script that none of ours writes.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from bot.understanding.language import evidence
from bot.understanding.text import LIMIT, looks_latin, plain, tokens, words_file

__all__ = ["UNKNOWN", "detect", "is_own"]

UNKNOWN = "und"

_SURE = 0.9
_FEWEST_LETTERS = 10
_MOST_SHARE = 0.5
_LEAST_SHARE = 0.3
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)

_SCRIPTS: Mapping[str, str] = {
    "CYRILLIC": "cyrillic",
    "ARABIC": "arabic",
    "ARMENIAN": "hy",
    "KHMER": "km",
    "LAO": "lo",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "han",
    "GURMUKHI": "pa",
    "DEVANAGARI": "hi",
}
"""The first word of a letter's Unicode name, and the language or the script it decides."""

_WEIGHT = {"han": 3, "ja": 2, "ko": 2}
"""A sign of these says as much as several letters."""

_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэъё")
_FARSI = frozenset("پچژگکی")
_ARABIC = frozenset("ةيكىأإؤئ")
_URDU = frozenset("ٹڈڑےںھہ")
_SIMPLIFIED = frozenset(
    "们说国吗个请没钱医车帮谢这边东问时间会来电话语给还让过学买卖题见对里无饭饿听妈爱儿长门应该顾断养药险费楼号员处体难关开岁业杀"
)
_TRADITIONAL = frozenset(
    "們說國嗎個請沒錢醫車幫謝這邊東問時間會來電話語給還讓過學買賣題見對裡無飯餓聽媽愛兒長門應該灣顧斷養藥險費樓號員處體難關開歲業殺"
)
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")

_LINGUA = {
    "vi": LinguaLanguage.VIETNAMESE,
    "tl": LinguaLanguage.TAGALOG,
    "pt": LinguaLanguage.PORTUGUESE,
}


@dataclass(frozen=True)
class _Words:
    alone: frozenset[str]
    own: frozenset[str]
    shared: frozenset[str]


def detect(text: str, *, strange: bool = False) -> str | None:
    """The language of `text`, None for English, Spanish and whatever is not sure; `strange`: no word of it is known."""
    visible = plain(text)[:LIMIT]
    return _by_script(visible) or _by_words(visible, strange=strange)


def is_own(word: str, code: str) -> bool:
    """Whether a folded word is one of that language: "lus" of a Hmong message is no light bill."""
    known = _languages().get(code)
    return known is not None and word in known.own


def _by_script(text: str) -> str | None:
    counted: Counter[str] = Counter()
    latin = 0
    for word in _WORD.findall(text):
        scripts = {_script(letter) for letter in word} - {None}
        if scripts == {"latin"} or "latin" in scripts:  # look-alikes among Latin letters are Latin ones
            latin += len(word)
            continue
        for letter in word:
            script = _script(letter)
            if script:
                counted[script] += _WEIGHT.get(script, 1)
    foreign = sum(counted.values())
    if foreign < 2 or foreign < _MOST_SHARE * (foreign + latin) or all(map(looks_latin, filter(str.isalpha, text))):
        return None
    return _language(counted, text)


@functools.lru_cache(maxsize=4096)
def _script(letter: str) -> str | None:
    """`latin`, a script or language of ours, `und`, or None for marks and signs that belong to any."""
    if not unicodedata.category(letter).startswith("L"):
        return None
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    if name in ("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "FULLWIDTH", "MATHEMATICAL", "DOUBLE", "SCRIPT", "MICRO"):
        return "latin"
    return _SCRIPTS.get(name, UNKNOWN)


def _language(counted: Counter[str], text: str) -> str:
    script = counted.most_common(1)[0][0]
    if script == "han" and counted["ja"]:
        return "ja"
    if script == "han":
        return _chinese(text)
    letters = set(text.lower())
    if script == "cyrillic":
        return "uk" if letters & _UKRAINIAN and not letters & _RUSSIAN else "ru"
    if script == "arabic":
        return _of_arabic_letters(letters)
    return script


def _chinese(text: str) -> str:
    simplified = sum(letter in _SIMPLIFIED - _TRADITIONAL for letter in text)
    traditional = sum(letter in _TRADITIONAL - _SIMPLIFIED for letter in text)
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def _of_arabic_letters(letters: set[str]) -> str:
    if letters & _URDU:
        return UNKNOWN
    return "fa" if letters & _FARSI and not letters & _ARABIC else "ar"


def _by_words(text: str, *, strange: bool) -> str | None:
    words = [token.text.replace("đ", "d") for token in tokens(text) if token.text.isalpha()]
    if not words:
        return None
    said = " ".join(words)
    for code, known in _languages().items():
        if said in known.alone:
            return code
    ours = _ours(text)
    found = {code: _count(words, known.own - known.shared) for code, known in _languages().items()}
    best = max(found, key=lambda code: found[code])
    if len(words) > 1 and len(_VIETNAMESE.findall(text)) >= 2 and found["vi"] + 1 > ours:
        return "vi"
    known = _languages()[best]
    against = max(0.0, ours - _count(words, known.shared & _strong()))
    if found[best] >= 2 and found[best] > against and found[best] >= _LEAST_SHARE * len(words):
        return best
    return _confirmed(text, words, found[best], best) if strange or (not against and found[best]) else None


def _confirmed(text: str, words: list[str], found: int, code: str) -> str | None:
    """One word of a language and the statistics of its letters together are enough in a message of three words."""
    letters = sum(map(len, words))
    if not found or code not in _LINGUA or len(words) < 3 or letters < _FEWEST_LETTERS:
        return None
    values = _detector().compute_language_confidence_values(text)
    return code if values[0].language == _LINGUA[code] and values[0].value >= _SURE else None


def _count(words: Iterable[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)


def _ours(text: str) -> float:
    return sum(evidence(text))


@functools.cache
def _strong() -> frozenset[str]:
    file = words_file("language")
    return frozenset(f"{file['en']['strong']} {file['es']['strong']}".split()) - frozenset(file["neutral"].split())


@functools.cache
def _languages() -> Mapping[str, _Words]:
    file = words_file("other_languages")
    return {
        code: _Words(*(frozenset(str(word) for word in lists[part]) for part in ("alone", "own", "shared")))
        for code, lists in file.items()
    }


@functools.cache
def _detector() -> LanguageDetector:
    among = (LinguaLanguage.ENGLISH, LinguaLanguage.SPANISH, *_LINGUA.values())
    return LanguageDetectorBuilder.from_languages(*among).with_low_accuracy_mode().build()
