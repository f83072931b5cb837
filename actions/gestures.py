"""A thumb, folded hands, a heart: one picture instead of a word, heard as the word that it stands for."""

from __future__ import annotations

from dataclasses import replace

from actions.heard import Heard

__all__ = ["SAYS", "spoken"]

_AFFIRM, _DENY, _THANKS = "affirm", "deny", "thanks"
_WORDS = {_AFFIRM: "ok", _DENY: "no", _THANKS: "ok"}
"""Words that mean the same in both languages; of thanks the act alone counts."""

SAYS = {
    **dict.fromkeys("\U0001f44d\U0001f44c\u2705\u2714\U0001f44f\U0001f4af", _AFFIRM),  # thumb up, OK, ticks, clap, 100
    **dict.fromkeys("\U0001f44e\u274c", _DENY),  # thumb down, cross
    **dict.fromkeys(
        "\U0001f64f\u2764\U0001f60a\U0001f642\U0001f917\U0001f970\U0001f495", _THANKS
    ),  # hands, hearts, smiles
}
_BESIDE = frozenset("\ufe0e\ufe0f\u200d \U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff!.")
"""Variation selectors, the joiner, shades of skin, and signs that change nothing."""


def spoken(heard: Heard) -> Heard:
    """The message with the act of its pictures, where it is nothing but them; of several kinds the first counts."""
    signs = [sign for sign in heard.text if sign not in _BESIDE]
    if not signs or heard.crisis or any(sign not in SAYS for sign in signs):
        return heard
    act = SAYS[signs[0]]
    return replace(heard, act=act, text=_WORDS[act])
