"""The form of a place: what stands in it for a draft, what a person typed, and what of it is to be entered.

The form speaks in codes where the entry speaks in words (languages, room), so that nothing depends on the language of
the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from directory.desk.frame import Form
from directory.eligibility import rules
from directory.model import Capacity, Language, Need
from directory.plans import plans
from directory.sync import hand
from directory.text import names
from directory.text.catalogue import keys

__all__ = [
    "BOXES",
    "FIELD_OF",
    "TEXTS",
    "TRIS",
    "Typed",
    "empty",
    "entered",
    "initial",
    "language_codes",
    "mark",
    "typed",
]

TEXTS = (
    "name", "organization", "description", "npi", "address_1", "city", "postal_code", "counties", "phones", "url",
    "email", "hours_text", "eligibility_text", "documents", "fees_text", "how_to_apply", "wait_list", "capacity_by",
)  # fmt: skip
TRIS = (
    "fee", "id_asked", "walk_in", "by_phone", "by_appointment", "taking_referrals", "wheelchair", "confidential",
)  # fmt: skip
BOXES = ("topics", "programs", "plans", "languages")
FIELD_OF: Mapping[str, str] = {"topics": "needs", **dict.fromkeys(("address_1", "city", "postal_code"), "address")}
"""Field of the form -> field of a listing, where they differ."""
_ROOM = {
    Capacity.OPEN: "open", Capacity.WAIT_LIST: "wait list", Capacity.FULL: "full",
    Capacity.ASSESSMENT_FIRST: "assessment first", Capacity.UNKNOWN: "",
}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """What stands in the form: text by field, and the boxes that are ticked."""

    texts: Mapping[str, str]
    boxes: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """What stands in that field."""
        return self.texts.get(name, "")

    def has(self, name: str, code: str) -> bool:
        """Whether that box is ticked."""
        return code in self.boxes.get(name, ())


def empty() -> Typed:
    """The form before anybody typed."""
    return Typed({}, dict.fromkeys(BOXES, ()))


def typed(form: Form) -> Typed:
    """What a person sent; of boxes only those that the form has."""
    texts = {name: form.get(name) for name in (*TEXTS, *TRIS, "capacity")}
    return Typed(texts, {name: tuple(code for code in form.all(name) if code in _known(name)) for name in BOXES})


def initial(draft: Mapping[str, object]) -> Typed:
    """The form as it is drawn for a draft."""
    cells = hand.cells(draft)
    texts = {name: cells.get(name, "") for name in TEXTS}
    texts |= {name: _tri(draft.get(name)) for name in TRIS} | {"capacity": str(draft.get("capacity") or "")}
    if texts["organization"] == texts["name"]:
        texts["organization"] = ""
    boxes = {name: _codes(draft.get(FIELD_OF.get(name, name))) for name in BOXES}
    return Typed(texts, {name: tuple(code for code in codes if code in _known(name)) for name, codes in boxes.items()})


def entered(now: Typed, before: Typed | None) -> dict[str, str]:
    """What is to be entered, by field of a source file: all that was said, or what differs from before."""
    said = _words(now)
    if before is None:
        return {name: text for name, text in said.items() if text}
    known = _words(before)
    return {name: text for name, text in said.items() if _flat(text) != _flat(known[name])}


def mark(draft: Mapping[str, object]) -> str:
    """Changes whenever the place says something else."""
    return hashlib.sha256(json.dumps(dict(draft), sort_keys=True).encode()).hexdigest()[:20]


def language_codes() -> tuple[str, ...]:
    """The languages that have a name."""
    return tuple(key.partition(".")[2] for key in sorted(keys(Language.EN)) if key.startswith("language."))


def _words(of: Typed) -> dict[str, str]:
    """The form as somebody would type it at the command line."""
    spoken = [names.language_name(code, Language.EN) for code in of.boxes["languages"]]
    capacity = of.text("capacity")
    room = _ROOM[Capacity(capacity)] if capacity in {one.value for one in Capacity} else capacity
    needs = [*of.boxes["topics"]]
    return {
        **{name: of.text(name) for name in (*TEXTS, *TRIS)},
        "capacity": room,
        "topics": ", ".join(needs),
        "programs": "; ".join(of.boxes["programs"]),
        "plans": ", ".join(of.boxes["plans"]),
        "languages": ", ".join(spoken),
    }


def _flat(text: str) -> str:
    return " ".join(text.split())


def _tri(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value) if value in ("yes", "no") else ""


def _codes(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _known(name: str) -> frozenset[str]:
    known: dict[str, frozenset[str]] = {
        "topics": frozenset(need.value for need in Need),
        "programs": frozenset(rules.programs()),
        "plans": frozenset(plans()),
        "languages": frozenset(language_codes()),
    }
    return known[name]
