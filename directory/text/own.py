"""A place's own words, as its list has them: which of them say anything, and whose name a name is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from directory.eligibility import rules
from directory.model import Listing

__all__ = ["OWN_WORDS", "clipped", "cost", "display_name", "stated"]

OWN_WORDS = 280
"""Of a place's own words, at most so many letters are repeated in a message; the desk shows them whole."""


def stated(text: str | None) -> str | None:
    """A place's own words; None when they only say that there are none ("None", "N/A", "Ninguno")."""
    return None if text is None or rules.key_of(text) in _NOTHING else text


def cost(listing: Listing) -> str | None:
    """What it costs in the place's words: of a price, "none" says something."""
    fees = listing.fees_text
    return fees if fees and rules.key_of(fees) in _NO_PRICE else stated(fees)


_NO_PRICE = frozenset({"none", "ninguno", "ninguna"})
_NOTHING = _NO_PRICE | {"", "na", "null", "nil", "noaplica", "notapplicable", "noneidentified", "nonelisted"}


def clipped(text: str, length: int) -> str:
    """The text in one line, cut after a word when it is longer than that."""
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    return f"{plain[:length].rsplit(' ', 1)[0]} ..."


def display_name(listing: Listing) -> str:
    """The name; a name that any organization may have ("Administration", "Food Pantry") stands behind whose it is."""
    name, organization = listing.name.casefold(), listing.organization.casefold()
    if organization in name or not _is_generic(listing):
        return listing.name
    return listing.organization if name in organization else f"{listing.organization}, {listing.name}"


def _is_generic(listing: Listing) -> bool:
    city = listing.address.city if listing.address else None
    where = {word for name in (*listing.counties, city or "") for word in _words(name)}
    return all(word in _GENERIC or word in where for word in _words(listing.name))


def _words(text: str) -> Iterator[str]:
    return (rules.key_of(word) for word in re.findall(r"[^\W_]+", text))


# Words, without accents, that tell no place from another.
_GENERIC = frozenset({
    "a", "admin", "administration", "administrative", "and", "assistance", "bank", "branch", "campus", "care",
    "center", "central", "clinic", "community", "council", "county", "department", "district", "division", "emergency",
    "family", "food", "for", "general", "headquarters", "health", "help", "housing", "human", "information", "intake",
    "legal", "location", "main", "of", "office", "offices", "outreach", "pantry", "program", "programs", "public",
    "referral", "region", "regional", "resource", "resources", "senior", "seniors", "service", "services", "shelter",
    "site", "social", "support", "the", "transportation", "unit",
    "administracion", "albergue", "alimentos", "apoyo", "asistencia", "ayuda", "banco", "centro", "clinica", "comida",
    "comunidad", "comunitario", "condado", "consejo", "de", "del", "departamento", "despensa", "el", "familiar",
    "familias", "la", "las", "legales", "los", "oficina", "para", "principal", "programa", "programas", "recursos",
    "salud", "sede", "servicio", "servicios", "sociales", "sucursal", "transporte", "vivienda", "y",
})  # fmt: skip
