"""Short and neutral texts leave the language open; the rest is told by words, accents and statistics."""

from __future__ import annotations

import pytest

from bot.understanding.language import detect

CASES = [
    ("ok", None),
    ("si", None),
    ("no", None),
    ("95354", None),
    ("Modesto", None),
    ("calfresh", None),
    ("", None),
    ("🙂", None),
    ("?", None),
    ("hola", "es"),
    ("hello", "en"),
    ("gracias", "es"),
    ("thx", "en"),
    ("mas", "es"),
    ("more", "en"),
    ("necesito comida", "es"),
    ("kiero comida pa mis hijos", "es"),
    ("i need food", "en"),
    ("tengo hambre", "es"),
    ("¿dónde?", "es"),
    ("necesito food pa mis kids", "es"),
    ("i need a raite to my cita tomorrow please", "en"),
    ("ocupo ride para my mom mañana", "es"),
    ("el segundo", "es"),
    ("the second one", "en"),
    ("no entiendo ingles", "es"),
    ("DONDE ESTA EL BANCO DE COMIDA", "es"),
    ("yo", None),
    ("me", None),
    ("ya", None),
    ("van", None),
    ("pan", None),
    ("once", None),
    ("son", None),
    ("yo where the food at", "en"),
    ("yo food", "en"),
    ("van to dialysis", "en"),
    ("yo tambien", "es"),
    ("no me sirve", "es"),
    ("reinicio", "es"),
    ("borron y cuenta nueva", "es"),
    ("start over", "en"),
    ("noventa y cinco tres", "es"),
    ("nine five three", "en"),
]


@pytest.mark.parametrize(("text", "language"), CASES, ids=[text for text, _ in CASES])
def test_language(text: str, language: str | None) -> None:
    assert detect(text) == language


def test_names_alone_have_no_language() -> None:
    assert detect("Rancho Cucamonga", only_names=True) is None


@pytest.mark.parametrize("text", ["RESET", "restart"])
def test_a_bare_command_keeps_the_language_of_the_talk(text: str) -> None:
    assert detect(text) is None
