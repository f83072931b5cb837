"""What to say on the phone, in either language: who calls, a question for each field, thanks, words for a machine."""

from __future__ import annotations

from dataclasses import dataclass

from directory.model import Language, Listing
from directory.text.catalogue import say
from directory.text.ours import ours
from directory.text.own import display_name
from directory.verify import told
from directory.verify.fields import Field, asked

__all__ = ["Script", "question", "script"]


@dataclass(frozen=True)
class Script:
    """The words of a call, in their order; `machine` is for an answering machine."""

    hello: str
    why: str
    questions: tuple[tuple[Field, str], ...]
    thanks: str
    machine: str


def script(record: Listing, language: Language) -> Script:
    """What to say to that place."""

    clinic = ours().clinic or say("desk.verify.script.clinic", language)

    def tell(key: str) -> str:
        return say(f"desk.verify.script.{key}", language, name=display_name(record), clinic=clinic)

    questions = tuple((field, question(field, record, language)) for field in asked(record))
    return Script(tell("hello"), tell("why"), questions, tell("thanks"), tell("machine"))


def question(field: Field, record: Listing, language: Language) -> str:
    """What to ask: whether what we show is still right, or what is right where we show nothing."""
    value = told.value(field, record, language)
    kind = "still" if value else "open"
    return say(f"desk.verify.script.{kind}.{field.value}", language, value=value)
