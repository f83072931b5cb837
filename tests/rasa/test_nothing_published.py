"""A running assistant on the first day, when nothing is published yet: no dead end, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from directory import plans
from tests.conftest import Assistant, start_assistant, stop

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    running = start_assistant(tmp_path_factory.mktemp("first-day"), models)
    yield running
    stop(running)


def custom(message: dict[str, object]) -> dict[str, Any]:
    found: dict[str, Any] = message["custom"]  # type: ignore[assignment]
    return found


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
    assert custom(none)["kind"] == "none_found" and custom(none)["choices"]
    text = str(none["text"])
    assert says in text and "CalFresh" in text and "211" in text
    for plan in plans.plans_in("Stanislaus"):
        assert f"{plan.short_name} {plan.phone}" in text and plan.phone in custom(none)["phones"]
    (program,) = unpublished.say(session, "2")
    assert custom(program)["kind"] == "program"
    assert requests.get(f"{unpublished.url}health", timeout=20).json()["directory"] is None


@pytest.mark.parametrize(
    ("turns", "county", "has"),
    [
        (("I need a ride to the doctor", "Trinity County"), "Trinity", ("NMT", "211", "Medi-Cal card")),
        (("necesito un abogado", "condado de Modoc"), "Modoc", ("lawhelpca.org", "211", "Promotor")),
        (("can you help me find work", "Alpine County"), "Alpine", ("Community health worker", "211")),
        (("necesito comida", "condado de Imperial"), "Imperial", ("CalFresh", "211")),
    ],
)
def test_far_from_any_list_it_names_the_plans_of_the_county(
    unpublished: Assistant, turns: tuple[str, str], county: str, has: tuple[str, ...]
) -> None:
    session = unpublished.session()
    said = [message for turn in turns for message in unpublished.say(session, turn)]
    text = "\n".join(str(message["text"]) for message in said)
    assert custom(said[-1])["county"] == county, text
    assert all(part in text for part in has), text
    assert any(plan.phone in text for plan in plans.plans_in(county)), text
