"""What people say to a list that was shown, in many wordings: what they receive is what they asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory import store
from directory.model import Capacity, Interval, Schedule, Tri
from tests.actions.conftest import NOW, RECORDS, Stage

_WORK_WEEK = tuple(Interval(day, time(9), time(17)) for day in range(5))
WEEKS = {
    1: Schedule((Interval(1, time(16), time(19)), Interval(5, time(9), time(12)))),
    2: Schedule(_WORK_WEEK),
    3: None,
    4: Schedule(tuple(Interval(day, time(7), time(20)) for day in range(6))),
    5: Schedule((Interval(6, time(13), time(16)),)),
    6: Schedule(_WORK_WEEK),
    7: Schedule(_WORK_WEEK),
}
ALL_SAID: dict[str, Any] = {
    "fees_text": "Free for all.",
    "fee": Tri.NO,
    "documents": "A paper with your address.",
    "id_asked": Tri.NO,
    "walk_in": Tri.YES,
    "languages": ("en", "es"),
    "capacity": Capacity.WAIT_LIST,
    "capacity_on": date(2026, 11, 20),
}
"""What the first of the list says of itself."""

HEARD = {
    "more": ({"en": ["6. Pantry 6"], "es": ["6. Pantry 6"]}),
    "second": {"en": ["Pantry 1\n", "1 Made Street"], "es": ["Pantry 1\n", "1 Made Street"]},
    "hours": {"en": ["Pantry 2: Monday to Friday 9 am", "Pantry 4:"], "es": ["Pantry 2: lunes a viernes", "Pantry 4:"]},
    "phone": {"en": ["Pantry 2: 209-555-0102.", "Pantry 5:"], "es": ["Pantry 2: 209-555-0102.", "Pantry 5:"]},
    "saturday": {"en": [", open Saturday", "1. Pantry 1"], "es": [", abren el sábado", "1. Pantry 1"]},
    "tomorrow": {"en": [", open Sunday", "1. Pantry 5"], "es": [", abren el domingo", "1. Pantry 5"]},
    "weekend": {"en": [", open on the weekend", "1. Pantry 1"], "es": [", abren el fin de semana", "1. Pantry 1"]},
    "evening": {
        "en": ["after ", " pm", "1. Pantry 1", "not known"],
        "es": ["después de las", "1. Pantry 1", "no sabemos"],
    },
    "morning": {"en": [", open ", "1. Pantry 2"], "es": [", abren ", "1. Pantry 2"]},
    "latest": {"en": ["closes latest first", "1. Pantry 4"], "es": ["cierran más tarde", "1. Pantry 4"]},
    "earliest": {"en": ["opens earliest first", "1. Pantry 4"], "es": ["abren más temprano", "1. Pantry 4"]},
    "open_now": {"en": ["open now or hours not known", "1. Pantry 4"], "es": ["abierto ahora", "1. Pantry 4"]},
    "speaks": {"en": ["Spanish or language not known", "1. Pantry 2"], "es": ["español", "1. Pantry 2"]},
    "closer": {"en": ["nearest"], "es": ["cerca"]},
    "free_only": {"en": ["free, or cost not known", "1. Pantry 2"], "es": ["gratis o no sabemos", "1. Pantry 2"]},
    "walk_in_only": {"en": ["walk in, or not known", "1. Pantry 2"], "es": ["sin cita o no lo sabemos", "1. Pantry 2"]},
    "no_id_only": {"en": ["no ID asked, or not known"], "es": ["no piden identificación o no lo sabemos"]},
    "not_that": {
        "en": ["I leave out Pantry 2. The next ones:\n1. Pantry 1: 209-555-0101\n2. ", "I have 3 more"],
        "es": ["Ya no le muestro Pantry 2. Los que siguen:\n1. Pantry 1: 209-555-0101\n2. ", "Tengo 3 más"],
    },
    "another": {"en": ["The next one:\nPantry 1", "I have 6 more."], "es": ["El siguiente:\nPantry 1", "Tengo 6 más."]},
    "none_of_these": {"en": ["6. Pantry 6"], "es": ["6. Pantry 6"]},
    "get_there": {"en": ["2 Made Street", "I do not know the bus"], "es": ["2 Made Street", "No sé qué camión"]},
    "bring": {
        "en": ["what to bring: A paper with your address."],
        "es": ["la lista dice, en inglés: A paper with your address."],
    },
    "cost": {"en": ["the cost: Free for all."], "es": ["la lista dice, en inglés: Free for all."]},
    "kids": {"en": ["Our lists do not say."], "es": ["Nuestras listas no lo dicen."]},
    "wait_list": {"en": ["waiting list"], "es": ["lista de espera"]},
    "appointment": {"en": ["how to go: walk in"], "es": ["cómo ir:"]},
    "parking": {"en": ["Our lists do not say."], "es": ["Nuestras listas no lo dicen."]},
    "bus": {"en": ["Our lists do not say."], "es": ["Nuestras listas no lo dicen."]},
    "again": {"en": ["Pantry 2", "209-555-0102"], "es": ["Pantry 2", "209-555-0102"]},
    "number": {"en": ["Pantry 2: 209-555-0102."], "es": ["Pantry 2: 209-555-0102."]},
    "one": {"en": ["Start with this one:\nPantry 2", "Say NEXT"], "es": ["Empiece con este:\nPantry 2", "SIGUIENTE"]},
    "shorter": {
        "en": ["1. Pantry 2: 209-555-0102\n2. Pantry 1: 209-555-0101\n3. "],
        "es": ["1. Pantry 2: 209-555-0102\n"],
    },
    "longer": {"en": ["Pantry 2\n", "Address: 2 Made Street"], "es": ["Pantry 2\n", "Dirección: 2 Made Street"]},
    "simpler": {
        "en": ["Call Pantry 2: 209-555-0102.", "Ask them:"],
        "es": ["Llame a Pantry 2: 209-555-0102."],
    },
    "summary": {"en": ["From Puente, Nov 21, 2026:", "2 Made Street"], "es": ["De Puente, 21 de noviembre de 2026:"]},
}
"""What the answer has, by what is asked."""


def _table(name: str) -> list[tuple[str, str, str]]:
    plain = yaml.safe_load((Path(__file__).parent / f"{name}.yml").read_text("utf-8"))
    return [
        (kind, language, said) for kind, spoken in plain.items() for language in spoken for said in spoken[language]
    ]


PHRASES = [*_table("asked_of_shown"), *_table("asked_of_shown_later")]


@pytest.fixture
def shown(home: Path, stage: Stage) -> Stage:
    """A list of pantries whose weeks differ; the first says everything of itself, the others little."""
    records = []
    for number, record in enumerate(RECORDS[:7], 1):
        said = ALL_SAID if number == 2 else {}
        records.append(replace(record, schedule=WEEKS[number], hours_text=None, **said))
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=records, sources=[source], publication="made-7", published_at=NOW
    )
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    return stage


@pytest.mark.parametrize(("kind", "language", "said"), PHRASES)
def test_what_is_asked_is_answered(shown: Stage, kind: str, language: str, said: str) -> None:
    wanted = {"language_wanted": "es"} if kind == "speaks" else {}
    (message,) = shown.say("followup", said, language=language, **wanted)
    for part in HEARD[kind][language]:
        assert part in message["text"]
    assert kind != "number" or message["text"] == HEARD[kind][language][0]


@pytest.mark.parametrize("act", ["nlu_fallback", "inform", "find_provider", "program_info", "out_of_scope", "deny"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", sorted(set(HEARD) - {"second", "speaks", "phone", "hours"}))
def test_it_is_heard_whatever_the_act_was_taken_for(shown: Stage, kind: str, language: str, act: str) -> None:
    said = next(text for name, spoken, text in PHRASES if (name, spoken) == (kind, language))
    (message,) = shown.say(act, said, language=language)
    for part in HEARD[kind][language]:
        assert part in message["text"]


def test_each_kind_has_many_wordings() -> None:
    for kind in HEARD:
        assert sum(name == kind for name, _, _ in PHRASES) >= 15, kind


@pytest.mark.parametrize(
    ("act", "said", "entities", "not_in"),
    [
        ("find_provider", "i need more food for my kids", {"need": "food"}, "More:"),
        ("find_provider", "i need a shelter for this evening", {"need": "housing"}, "after 5 pm"),
        ("find_provider", "a ride to my appointment on saturday", {"need": "transport"}, "open Saturday"),
        ("find_provider", "rent help, i work saturdays", {"program": "rent_help"}, "open Saturday"),
        ("find_provider", "a shelter with a shorter waiting list", {"need": "housing"}, "1. Pantry 2: 209"),
        ("program_info", "how much is calfresh for one person", {"program": "calfresh"}, "Start with"),
        ("how_to_apply", "can i send the papers to the county", {"program": "calfresh"}, "From Puente"),
        ("find_provider", "free food in modesto", {"need": "food", "place": "Modesto"}, "cost not known"),
        ("find_provider", "necesito más comida", {"need": "food", "language": "es"}, "Más:"),
        ("find_provider", "un albergue para esta noche", {"need": "housing", "language": "es"}, "después de las 5"),
        ("find_provider", "un raite el sábado", {"need": "transport", "language": "es"}, "abren el sábado"),
        ("inform", "i have no more money", {}, "More:"),
        ("inform", "we are 5 people, one is a baby", {}, "Start with"),
        ("inform", "ya no tengo más dinero", {"language": "es"}, "Más:"),
        ("talk_to_human", "can somebody call me saturday", {}, "open Saturday"),
        ("opt_out", "no more", {}, "6. Pantry 6"),
    ],
)
def test_the_same_words_in_another_request_ask_nothing_of_the_list(
    shown: Stage, act: str, said: str, entities: dict[str, str], not_in: str
) -> None:
    for message in shown.say(act, said, **entities):
        assert not_in not in message["text"]


@pytest.mark.parametrize(
    ("said", "has"),
    [
        ("any pantry open saturday", ", open Saturday, or hours not known"),
        ("food open after 6 pm in modesto", ", open after 6 pm"),
        ("a pantry open sunday afternoon", "open Sunday in the afternoon"),
    ],
)
def test_a_request_that_says_when_to_be_open_is_narrowed_at_once(shown: Stage, said: str, has: str) -> None:
    (found,) = shown.say("find_provider", said, need="food", place="Modesto")
    assert has in found["text"]


def test_filters_add_up_and_a_new_hour_takes_the_place_of_the_old(shown: Stage) -> None:
    shown.say("followup", "which ones are open monday")
    (both,) = shown.say("followup", "only the free ones")
    assert ", open Monday, free, or not known (ask first):" in both["text"]
    (other,) = shown.say("followup", "any open saturday")
    assert "open Saturday" in other["text"] and "Monday," not in other["text"].splitlines()[0]
    (everything,) = shown.say("followup", "show me the list again")
    assert everything["text"].startswith("Food near Modesto:") and everything["custom"]["total"] == 7


def test_a_place_whose_hours_nobody_knows_is_never_said_to_be_open(shown: Stage) -> None:
    (found,) = shown.say("followup", "which ones open saturday")
    unknown = next(part for part in found["text"].split("\n\n") if "Pantry 3" in part)
    assert "call first to ask the hours" in unknown and "Saturday" not in unknown
    names = [row["name"] for row in found["custom"]["listings"]]
    assert names == ["Pantry 1", "Pantry 4", "Pantry 3"]


def test_nothing_that_fits_is_said_and_the_list_stays(shown: Stage) -> None:
    shown.slots["shown"]["plan"] = None
    (none,) = shown.say("followup", "which ones open after 11 pm")
    assert "do not say if these places have this: open after 11 pm" in none["text"]
    (some,) = shown.say("followup", "the list again")
    assert some["custom"]["total"] == 7


def test_a_thanksgiving_thursday_is_not_said_to_be_open(shown: Stage) -> None:
    (found,) = shown.say("followup", "which ones open thursday")
    assert "do not say if these places have this: open Thursday" in found["text"]


def test_two_things_asked_at_once_are_both_answered(shown: Stage) -> None:
    first, second = shown.say("followup", "hours and phone of the second")
    assert "209-555-0101" in first["text"] and "Tuesday 4 pm to 7 pm" in second["text"]


def test_after_the_last_page_none_of_these_offers_other_kinds(shown: Stage) -> None:
    shown.say("deny", "none of these work for me")
    (others,) = shown.say("deny", "none of these either")
    labels = [choice["label"] for choice in others["custom"]["choices"]]
    assert "CalFresh (food stamps)" in labels and "Food bank or pantry" not in labels
    assert "211" in others["custom"]["phones"]


def test_a_day_of_a_ride_stays_with_the_ride(shown: Stage) -> None:
    shown.say("find_provider", "rides to the doctor", program="nmt", place="Modesto")
    (first, *_) = shown.say("inform", "it is on friday at 10am")
    assert "open Friday" not in first["text"]
