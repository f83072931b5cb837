"""The words that carriers and we give a meaning of their own, alone in a message: stop, help, start, language."""

from __future__ import annotations

import re
from enum import Enum

from bot.understanding import opt_out
from bot.understanding.text import fold, plain, tokens

__all__ = ["Word", "asked", "of_hands", "said", "spoken"]


class Word(Enum):
    """What somebody asks for with one word."""

    STOP = "stop"
    HELP = "help"
    START = "start"
    LANGUAGE = "language"


_ALONE = {
    "para": Word.STOP,
    "help": Word.HELP, "info": Word.HELP, "ayuda": Word.HELP,
    "start": Word.START, "unstop": Word.START, "comenzar": Word.START,
    "lang": Word.LANGUAGE, "language": Word.LANGUAGE, "idioma": Word.LANGUAGE, "idiomas": Word.LANGUAGE,
}  # fmt: skip
_BACK = frozenset({
    "yes", "yes please", "subscribe", "resubscribe", "opt in", "optin", "resume", "start again", "text me again",
    "si", "si por favor", "empezar", "iniciar", "inicio", "alta", "darme de alta", "volver", "quiero volver",
    "reanudar", "continuar", "suscribir", "suscribirme", "suscribirse",
})  # fmt: skip
"""What brings somebody back who is out; of anybody else these are an answer to a question."""
_SPANISH = frozenset({"ayuda", "comenzar", "idioma", "idiomas", "alto", "para", "parar", "cancelar", "baja", "si"})
_ENGLISH = frozenset({"lang", "language", "unstop", "unsubscribe", "yes"})
_HANDS = re.compile(r"\b(?:hit|hitting|hittin) (?:me|us)\b(?! up\b)")
_CARRIER = {"STOP": Word.STOP, "START": Word.START, "HELP": Word.HELP}


def asked(text: str, carrier: str = "", *, out: bool = False) -> Word | None:
    """The word that a message is; `carrier` is Twilio's own finding, `out` that the person had asked to stop."""
    if carrier.upper() in _CARRIER:
        return _CARRIER[carrier.upper()]
    told = said(text)
    if out and told in _BACK:
        return Word.START
    return _ALONE.get(told) or (Word.STOP if opt_out.wanted(text) and not of_hands(text) else None)


def of_hands(text: str) -> bool:
    """Whether a message speaks of blows: "stop hitting me" asks us for no silence."""
    return _HANDS.search(said(text)) is not None


def spoken(text: str) -> str | None:
    """The language that such a word is of, where it is of one: Spanish speakers are told STOP and HELP as well."""
    told = said(text)
    return "es" if told in _SPANISH else "en" if told in _ENGLISH else None


def said(text: str) -> str:
    """The words of a message, folded and without what stands around them."""
    return " ".join(fold(token.text) for token in tokens(plain(text)))
