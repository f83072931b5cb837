"""Which words of a list surely are English."""

from __future__ import annotations

import pytest

from directory.text.english import surely_english


@pytest.mark.parametrize(
    "text",
    ["Walk in", "Free", "Call for an appointment", "By appointment", "Bring proof of address", "None for families",
     "La Raza Community Resource Center is a bilingual service for the families of the Mission"],
)  # fmt: skip
def test_english(text: str) -> None:
    assert surely_english(text)


@pytest.mark.parametrize(
    "text",
    ["", "Gratis", "Llame primero", "Con cita", "Closed today / Cerrado hoy", "Kaiser", "9-5", "CalFresh y Medi-Cal",
     "La Casa del Sol", "Traiga su ID", "Xav tau kev pab"],
)  # fmt: skip
def test_not_surely_english(text: str) -> None:
    assert not surely_english(text)
