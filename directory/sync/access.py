"""What it costs, whether an ID is asked and how one gets in: yes, no or unknown, from whole texts that are sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from directory.folding import unaccented
from directory.model import Tri
from directory.sync import fields

__all__ = ["WAYS", "asked", "closed", "fee", "fee_in_words", "id_in_words", "referrals", "ways_in"]

WAYS = ("walk_in", "by_phone", "by_appointment")

_FREE = re.compile(
    r"(?:(?:it|this|all|the|our)?\s*(?:services?|food|programs?|meals?|classes)?\s*(?:is|are|at)?\s*)?"
    r"(?:free|none|no\s+(?:fees?|costs?|charges?)|free\s+of\s+charge|\$\s*0(?:\.00)?|gratis|gratuit[oa]s?"
    r"|sin\s+(?:costo|cargo|pago)|ninguno|ninguna)"
    r"(?:\s+(?:service|services|program|of\s+charge|for\s+(?:all|everyone|members|medi-cal\s+members)|para\s+todos))?"
    r"(?:[.,;]?\s*(?:but\s+)?donations?\s+(?:are\s+)?(?:welcome|accepted|appreciated))?",
    re.I,
)
_COSTS = re.compile(
    r"\$\s*\d[\d,]*(?:\.\d\d)?(?:\s*(?:-|–|to|a)\s*\$?\s*\d[\d,]*(?:\.\d\d)?)?"
    r"(?:\s*(?:(?:per|a|an|each|por|al|/)\s*\w+|fee|copay|membership(?:\s+fee)?))?"
    r"|(?:there\s+is\s+an?\s+)?(?:copays?|co-pays?|fees?\s+(?:apply|charged)|membership\s+fee)",
    re.I,
)
# Who has little may pay nothing: that is neither free nor a price.
_BY_INCOME = re.compile(
    r"(?:there\s+is\s+an?\s+)?(?:sliding(?:\s+fee)?\s+scale(?:\s+fees?)?|sliding\s+fees?|escala\s+m[oó]vil"
    r"|seg[uú]n\s+(?:sus\s+|los\s+)?ingresos|var(?:y|ies)\s+according\s+to\s+income)",
    re.I,
)
_NOT_FREE = frozenset({"$0", "$0.00"})

_NO_ID = re.compile(
    r"(?:no\s+(?:photo\s+|picture\s+)?(?:id|identification|documents?|papers?)(?:\s+(?:is|are))?"
    r"(?:\s+(?:needed|required|asked))?"
    r"|(?:id|identification|documents?)\s+(?:is\s+|are\s+)?not\s+(?:needed|required|asked)|nothing|none(?:\s+(?:needed|required))?"
    r"|no\s+se\s+(?:pide|necesita|requiere)n?\s+(?:identificaci[oó]n|documentos?|papeles)|sin\s+(?:identificaci[oó]n|papeles)"
    r"|ninguno|nada)",
    re.I,
)
_ID = re.compile(
    r"(?:(?:a|an|current|valid|government|government[- ]issued|state|california|photo|picture)\s+)*"
    r"(?:id|i\.d\.?|identification)"
    r"(?:\s+card)?(?:\s+(?:is\s+)?(?:required|needed))?|(?:una\s+)?identificaci[oó]n(?:\s+(?:con\s+foto|oficial|vigente))?",
    re.I,
)
_MAYBE = re.compile(r"\b(?:if|or|optional|preferred|helpful|any|when|either|not|no|si|o|opcional|cualquier)\b", re.I)

# Whole clauses, and what each says for sure. "Call" alone is how one begins; it says nothing of appointments.
_PHRASES: tuple[tuple[str, Mapping[str, Tri]], ...] = (
    (
        r"(?:please )?(?:walk[- ]?ins?|drop[- ]?ins?|just (?:come|walk) in|come in(?: person)?|apply in person"
        r"|in person|just show up|visit(?: us)?(?: in person)?|en persona|venga(?: en persona)?)"
        r"(?: (?:are )?(?:welcome|ok|accepted|only))?",
        {"walk_in": Tri.YES},
    ),
    (
        r"(?:no appointments? (?:is )?(?:needed|necessary|required)|sin cita(?: previa)?|no (?:se )?necesita cita)",
        {"walk_in": Tri.YES, "by_appointment": Tri.NO},
    ),
    (r"(?:no walk[- ]?ins?|no drop[- ]?ins?|walk[- ]?ins? (?:are )?not accepted)", {"walk_in": Tri.NO}),
    (
        r"(?:please )?(?:call|phone|telephone|apply by (?:tele)?phone|by (?:tele)?phone|call us|llame|llamar"
        r"|por tel[eé]fono|call (?:first|ahead|to apply|to enroll|before (?:you )?(?:coming|come|visiting))"
        r"|llame (?:primero|antes|para inscribirse))",
        {"by_phone": Tri.YES},
    ),
    (
        r"(?:please )?(?:call|phone|apply by (?:tele)?phone|llame)"
        r"(?: (?:for|to (?:make|schedule|set up)|para (?:hacer|pedir|una)))(?: (?:an?|una|su|your))? ?"
        r"(?:appointments?|cita)",
        {"by_phone": Tri.YES, "by_appointment": Tri.YES},
    ),
    (
        r"(?:by )?appointments? only|(?:s[oó]lo|solamente) con cita(?: previa)?",
        {"by_appointment": Tri.YES, "walk_in": Tri.NO},
    ),
    (
        r"(?:by )?appointments?(?: (?:is |are )?(?:required|necessary|needed))"
        r"|(?:by|con|por) (?:appointment|cita)(?: previa)?|se (?:requiere|necesita) cita(?: previa)?",
        {"by_appointment": Tri.YES},
    ),
    (
        r"(?:apply )?(?:by )?(?:e-?mail|mail|fax)"
        r"|(?:visit |apply (?:at|on|through) )?(?:the |our )?(?:web ?site|online)"
        r"|apply online|write|(?:for )?(?:more )?information|en l[ií]nea|por correo",
        {},
    ),
)  # fmt: skip
_CLAUSES = tuple((re.compile(pattern, re.I), said) for pattern, said in _PHRASES)
_CUT = re.compile(r"[.;,]\s+|[.;]$|\s+(?:or|and|o|y|then|luego)\s+|\s*/\s*")
_NUMBER = re.compile(r"\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}(?:\s*(?:ext\.?|x)\s*\d+)?")
_INFORMATION = re.compile(r"\binformaci?[oó]n|\binformation", re.I)
_ASIDE = re.compile(r"\s+(?:for (?:more )?information|at|al)\s*$", re.I)


_CLOSED = re.compile(
    r"(?:(?:is |are |we are |we're |now |currently |currently we are )*"
    r"(?:temporarily |permanently |indefinitely )?closed(?: down)?(?: temporarily| permanently| indefinitely)?"
    r"|(?:esta )?cerrad[oa]s?(?: temporalmente| permanentemente| definitivamente)?|no longer (?:open|active|operating)"
    r"|out of business|ya no (?:existe|opera|atiende))"
    r"(?: (?:until|till) further notice| for now| at this time| right now| hasta nuevo aviso| por ahora"
    r"| for (?:the season|renovations?|remodel(?:ing)?|repairs?)| due to [a-z -]{1,40})*",
    re.I,
)


@lru_cache(maxsize=1024)
def closed(text: str) -> bool:
    """Whether the whole text says that the place is shut and no more: "CLOSED until further notice", "closed!!"."""
    return _CLOSED.fullmatch(" ".join(unaccented(text).split()).strip(" .!*-–—()[]:")) is not None


@lru_cache(maxsize=1024)
def fee(text: str) -> Tri | None:
    """Whether it costs the person something, from a column of its own; None when the cell says something else."""
    words = fee_in_words(text)
    return words if words != Tri.UNKNOWN or _BY_INCOME.fullmatch(_bare(text)) else fields.tri(text)


@lru_cache(maxsize=1024)
def fee_in_words(text: str) -> Tri:
    """Whether it costs something, where the whole text is sure of it: "Free", "None", "$5"."""
    bare = _bare(text)
    if _FREE.fullmatch(bare):
        return Tri.NO
    return Tri.YES if _COSTS.fullmatch(bare) else Tri.UNKNOWN


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .*")


@lru_cache(maxsize=1024)
def referrals(text: str) -> Tri | None:
    """Whether new referrals are taken; a wait list or a pause is a no; None when the cell says something else."""
    return Tri.NO if fields.no_referrals(text) else fields.tri(text)


@lru_cache(maxsize=1024)
def asked(text: str) -> Tri | None:
    """Yes or no from a column such as "ID required"; None when the cell says something else."""
    word = text.casefold().strip(" .*")
    if word in ("required", "needed", "always", "requerido", "requerida", "se requiere"):
        return Tri.YES
    if word in ("not required", "not needed", "none", "none required", "never", "no se requiere", "no se necesita"):
        return Tri.NO
    return fields.tri(text)


@lru_cache(maxsize=1024)
def id_in_words(text: str) -> Tri:
    """Whether an ID is asked, where what to bring is sure of it: "Photo ID, proof of address", "No ID needed"."""
    parts = [part.strip(" .*") for part in re.split(r"[,;\n]|\s+and\s+|\s+y\s+", text) if part.strip(" .*")]
    if parts and all(_NO_ID.fullmatch(part) for part in parts):
        return Tri.NO
    if not _MAYBE.search(text) and any(_ID.fullmatch(part) for part in parts):
        return Tri.YES
    return Tri.UNKNOWN


@lru_cache(maxsize=2048)
def ways_in(text: str) -> Mapping[str, Tri]:
    """Walk in, by phone, by appointment, where every clause of the text is one we know and none gainsays another."""
    found: dict[str, Tri] = {}
    for clause in _clauses(text):
        said = next((said for pattern, said in _CLAUSES if pattern.fullmatch(clause)), None)
        if said is None or any(found.get(way, tri) != tri for way, tri in said.items()):
            return {}
        found.update(said)
    if found and _INFORMATION.search(text):  # "Call for information" is no way in yet
        found.pop("by_phone", None)
    return found


def _clauses(text: str) -> Iterable[str]:
    whole = _NUMBER.sub(" ", text)
    for part in _CUT.split(f"{' '.join(whole.split())} "):
        clause = _ASIDE.sub("", part.strip(" .:;,()*")).strip(" .:;,()*")
        if clause:
            yield clause
