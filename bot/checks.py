"""What `puente doctor` asks of the assistant: its model, told without loading Rasa."""

from __future__ import annotations

from collections.abc import Iterator

from bot import training
from directory.doctor.finding import Check, Finding, Look

__all__ = ["CHECKS", "model"]


def model(look: Look) -> Iterator[Finding]:
    """Whether the model is there, whole, and made of the rules and words of today."""
    right = training.model_path()
    fault, kept = training.fault(right), training.others()
    if fault is None:
        yield Finding("model", "ok", "The model is whole and made of the rules and words of today.")
    elif fault == "was tried and did not work":
        text = "The assistant's model was tried and did not work. The training says why if it fails again."
        yield Finding("model.refused", "mend", f"{text}{_meanwhile(len(kept))}", "puente train --force")
    elif fault == "is missing" and kept:
        text = "The assistant's model is older than its rules and words: it may not understand what is new."
        yield Finding("model.old", "mend", f"{text}{_meanwhile(len(kept))}", "puente train")
    else:
        text = f"The assistant's model {fault} ({right.name})."
        yield Finding("model.damaged", "mend", f"{text}{_meanwhile(len(kept))}", "puente train")


def _meanwhile(kept: int) -> str:
    return " The last good one answers meanwhile." if kept else " Until it is trained people get a fixed sentence."


CHECKS: tuple[tuple[str, Check], ...] = (("the model", model),)
