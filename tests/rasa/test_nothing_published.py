"""A running assistant under which nothing is published yet: no dead end, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.conftest import Assistant

pytestmark = pytest.mark.rasa


@pytest.fixture
def unpublished(assistant: Assistant) -> Iterator[Assistant]:
    published, aside = assistant.home / "directory.db", assistant.home / "directory.aside"
    published.rename(aside)
    yield assistant
    aside.rename(published)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("I need food in Modesto", "We have no list for Stanislaus County yet"),
        ("Necesito comida en Modesto", "Todavía no tenemos una lista para el condado de Stanislaus"),
    ],
)
def test_it_helps_all_the_same(unpublished: Assistant, message: str, says: str) -> None:
    session = unpublished.session()
    (none,) = unpublished.say(session, message)
    custom: dict[str, object] = none["custom"]  # type: ignore[assignment]
    assert custom["kind"] == "none_found" and custom["choices"]
    assert says in str(none["text"]) and "CalFresh" in str(none["text"]) and "211" in str(none["text"])
    (program,) = unpublished.say(session, "2")
    assert program["custom"]["kind"] == "program"  # type: ignore[index]
    assert requests.get(f"{unpublished.url}health", timeout=20).json()["directory"] is None
