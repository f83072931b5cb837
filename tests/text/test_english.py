"""Which words of a list surely are English."""

from __future__ import annotations

import pytest

from directory.model import Language
from directory.text.english import as_listed, quoted, surely_english


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("By appointment", "Con cita"),
        ("Walk-in or call", "Llegue sin cita o llame"),
        ("Call for hours", "Llame para preguntar el horario"),
        ("ID, proof of income", "Identificación, comprobante de ingresos"),
        ("Mon-Fri; closed holidays.", "Lun a vie, cerrado los días festivos"),
        ("free", "gratis"),
    ],
)
def test_what_lists_say_most_is_said_in_spanish(text: str, said: str) -> None:
    assert quoted(text, Language.ES, 200) == said == as_listed(text, Language.ES)
    assert quoted(text, Language.EN, 200) == text


@pytest.mark.parametrize(
    "text", ["By appointment with Mary at the church", "Call us when you need food, by appointment"]
)
def test_what_says_more_is_not_said_in_other_words(text: str) -> None:
    assert quoted(text, Language.ES, 200) == f"(en inglés) {text}"
