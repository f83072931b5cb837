"""What every text for patients keeps to, checked word by word: usted, "may" and no promise, the same figures."""

from __future__ import annotations

import re
from collections import Counter

from directory import wording

__all__ = ["familiar", "figures", "promised", "unlike"]

# Forms that only "tú" takes, and orders to "tú" where a sentence begins; inside one the same word may say what the
# plan does ("la clínica manda el formulario").
_FAMILIAR = re.compile(
    r"\b(?:tú|tus?|tuy[oa]s?|ti|te|contigo|puedes|podrás|tienes|tendrás|necesitas|debes|quieres|eres|estás|vives|haz|"
    r"dime|dinos|sabes|vas|recibes|calificas|llámanos|pídelo|pídela)\b"
    r"|(?:^|(?<=[.!?:;¿¡] ))(?-i:Llama|Pide|Manda|Escribe|Contesta|Busca|Pregunta|Usa|Mira|Espera|Firma)\b",
    re.I | re.M,
)
_PROMISED = re.compile(
    r"\byou(?: do| will| already)? qualify\b|\byou(?:'re| are| will be)(?: \w+)? (?:eligible|entitled|approved)\b|"
    r"\busted(?: sí| ya)? califica\b|\b(?:ya|sí) califica\b|\busted es elegible\b|\bes elegible para\b|"
    r"\btiene derecho a (?:recibir|esta|este)\b",
    re.I,
)
_MAYBE = re.compile(r"\b(?:if|whether|may|might|can|could|does not mean|si|cuando)\s+$", re.I)
_FIGURE = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|gov|net|edu)\b(?:/[\w/-]+)?"  # a web address
    r"|\b1-\d{3}-\d{3}-\d{4}|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"  # a phone
    r"|\$?\d[\d,]*(?:\.\d+)?%?"
)


def familiar(spanish: str) -> list[str]:
    """The words of a Spanish text that say tú."""
    return _FAMILIAR.findall(spanish)


def promised(text: str) -> list[str]:
    """Where a text promises what only a plan or a county can decide; "if you qualify" and "you may qualify" do not."""
    return [found[0] for found in _PROMISED.finditer(text) if not _MAYBE.search(text[: found.start()])]


def figures(text: str) -> Counter[str]:
    """Every number, amount, phone and web address of a text, and its {values}."""
    bare = re.sub(r"\{\w+\}", " ", text)
    found = (figure.rstrip(".,").casefold().replace(",", "") for figure in _FIGURE.findall(bare))
    return Counter([*found, *(f"{{{name}}}" for name in wording.values(text))])


def unlike(one: str, other: str) -> list[str]:
    """The figures that stand in one of two texts and not in the other, however often."""
    return sorted(set(figures(one)) ^ set(figures(other)))
