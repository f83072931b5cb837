"""In a Spanish answer the words of a list may be English: it is said once, before the first of them."""

from __future__ import annotations

import re

from directory.model import Language
from directory.text.catalogue import say
from directory.text.own import clipped

__all__ = ["once", "quoted", "surely_english"]


def quoted(text: str, language: Language, length: int) -> str:
    """A place's own words in one line, at most so long; in Spanish with "(en inglés)" before what surely is English."""
    short = clipped(text, length)
    if language is Language.ES and surely_english(short):
        return say("own.english", language, text=short)
    return short


def once(text: str, language: Language) -> str:
    """The answer with only the first "(en inglés)" of it left."""
    if language is Language.EN:
        return text
    mark = say("own.english", language, text="")
    before, found, after = text.partition(mark)
    return before + found + after.replace(mark, "")


def surely_english(text: str) -> bool:
    """Whether the text has common English words and, but for names, no Spanish ones."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    english, spanish = (sum(word in known for word in words) for known in (_ENGLISH, _SPANISH))
    return english > 4 * spanish


# Common words that are no words of the other language.
_ENGLISH_WORDS = """
    anyone everyone the and or of for from with without by to in on at is are be been has have may must can will
    not only all any some this that these those their they them you your our we who when where if as other more
    than over under per each call walk apply appointment appointments phone free fee fees cost costs cash pay
    income low age ages older family families children child adults seniors youth people person women men
    residents homeless county city open close closed today tomorrow until holiday holidays week month months day
    days hour hours noon monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri
    sat food help services service program programs provides provide offers assistance support health housing
    legal proof address required bring card bill need needs available eligible visit website online first
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SPANISH_WORDS = """
    de del la las el los lo y o para con sin por en que una un unos al se su sus es son como cuando donde si más
    mas llame llamar cita citas gratis costo ingresos bajos edad familias familia niños niñas adultos personas
    mayores abierto cerrado hoy mañana hasta lunes martes miércoles jueves viernes sábado domingo días dias
    horas comida ayuda servicios programa salud vivienda dirección comprobante traiga visite primero necesita
"""
_SPANISH = frozenset(_SPANISH_WORDS.split())
