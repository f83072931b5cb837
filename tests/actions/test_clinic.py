"""What is told of the clinic comes from its settings: number, hours, address, lines of its own; nothing is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from actions.context import Goal
from directory import hours, plans, store
from tests.actions.conftest import NOW as PUBLISHED
from tests.actions.conftest import Stage

SAID = """
clinic: Kite Clinic
phone: "209-555-0140"
hours: "Mon-Fri 8am-5pm"
closed_on: [2026-11-26, 2026-11-27]
address: "14 Kite Street, Modesto"
languages: [en, es, hmn]
on_call: {name: On-call nurse, phone: "209-555-0141"}
crisis_line: {name: Kite Helpline, phone: "209-555-0142", hours: "Mon-Fri 9am-9pm"}
violence_line: {name: Haven of the Valley, phone: "209-555-0143"}
shelter_line: {name: Valley Beds, phone: "209-555-0144"}
"""


@pytest.fixture
def clinic(home: Path, stage: Stage) -> Stage:
    """A conversation at a clinic that has said all of itself."""
    (home / "settings.yml").write_text(SAID, "utf-8")
    return stage


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    """Sets the hour that it is."""
    Clock.patch = monkeypatch
    yield Clock


class Clock:
    patch: pytest.MonkeyPatch

    @classmethod
    def set(cls, *when: int) -> None:
        moment = datetime(*when, tzinfo=hours.PACIFIC)  # type: ignore[misc,arg-type]
        cls.patch.setattr(Goal, "clock", staticmethod(lambda: moment))


NOW = [
    ("en", (2026, 11, 23, 10, 0), "Kite Clinic: 209-555-0140. Open now, until 5 pm."),
    ("es", (2026, 11, 23, 10, 0), "Kite Clinic: 209-555-0140. Atienden ahora, hasta las 5 pm."),
    ("en", (2026, 11, 23, 17, 0), "Closed now. Opens tomorrow at 8 am."),
    ("en", (2026, 11, 23, 7, 59), "Closed now. Opens today at 8 am."),
    ("es", (2026, 11, 21, 12, 0), "Ahora no atienden. Abren el lunes a las 8 am."),
    # Thanksgiving and the day after are on the clinic's list: Monday it is.
    ("en", (2026, 11, 25, 18, 0), "Closed now. Opens Monday at 8 am."),
    ("es", (2026, 11, 26, 10, 0), "Ahora no atienden. Abren el lunes a las 8 am."),
]


@pytest.mark.parametrize(("language", "when", "told"), NOW)
def test_who_asks_for_a_person_hears_whether_the_clinic_answers_now(
    clinic: Stage, at: type[Clock], language: str, when: tuple[int, ...], told: str
) -> None:
    at.set(*when)
    (message,) = clinic.say("talk_to_human", language=language)
    assert told in message["text"]
    assert message["custom"]["phones"][0] == "209-555-0140"


@pytest.mark.parametrize("language", ["en", "es"])
def test_after_hours_it_says_who_answers_now(clinic: Stage, at: type[Clock], language: str) -> None:
    at.set(2026, 11, 23, 20, 0)
    (message,) = clinic.say("talk_to_human", language=language)
    assert message["custom"]["phones"] == ["209-555-0140", "211", "988"]
    assert "988" in message["text"] and "911" in message["text"]
    at.set(2026, 11, 24, 10, 0)
    (message,) = clinic.say("talk_to_human", language=language)
    assert "988" not in message["text"]


def test_a_holiday_of_which_the_clinic_says_nothing_is_not_known(clinic: Stage, at: type[Clock]) -> None:
    at.set(2026, 12, 25, 10, 0)
    (message,) = clinic.say("talk_to_human")
    assert "Open now" not in message["text"] and "Closed now" not in message["text"]
    assert "Hours: Monday to Friday 8 am to 5 pm. Today is a holiday, so call first." in message["text"]
    at.set(2026, 12, 24, 18, 0)
    (message,) = clinic.say("talk_to_human")
    assert "Closed now." in message["text"] and "Opens" not in message["text"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Address: 14 Kite Street, Modesto. Staff speak English, Spanish and Hmong."),
        ("es", "Dirección: 14 Kite Street, Modesto. El personal habla inglés, español y hmong."),
    ],
)
def test_where_it_is_and_what_its_staff_speak(clinic: Stage, language: str, told: str) -> None:
    (message,) = clinic.say("talk_to_human", language=language)
    assert told in message["text"]


def test_hours_nobody_can_read_claim_nothing(home: Path, stage: Stage) -> None:
    (home / "settings.yml").write_text('clinic: Kite\nphone: "209-555-0140"\nhours: "ask for Rosa"\n', "utf-8")
    (message,) = stage.say("talk_to_human")
    assert "Kite: 209-555-0140" in message["text"]
    assert "now" not in message["text"].partition("Kite")[2].partition("211")[0]


LINES = [
    ("self_harm", "i want to kill myself", "988", "Kite Helpline: 209-555-0142 (Monday to Friday 9 am to 9 pm)"),
    ("violence", "my husband hits me", "1-800-799-7233", "Haven of the Valley: 209-555-0143"),
    ("unsafe_tonight", "i have nowhere to sleep tonight", "211", "Valley Beds: 209-555-0144"),
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("danger", "text", "national", "own"), LINES)
def test_its_own_line_is_told_after_the_national_ones_and_never_instead(
    home: Path, stage: Stage, danger: str, text: str, national: str, own: str, language: str
) -> None:
    plain = stage.say("crisis", text, crisis=danger, language=language)[0]
    (home / "settings.yml").write_text(SAID, "utf-8")
    stage.slots.clear()
    message = stage.say("crisis", text, crisis=danger, language=language)[0]
    words, phone = message["text"], own.partition(": ")[2].partition(" ")[0]
    own = own if language == "en" else own.partition(" (")[0]
    assert words.index("911") < words.index(own) and words.index(national) < words.index(own)
    assert message["custom"]["phones"] == [*plain["custom"]["phones"], phone]
    lines = words.splitlines()
    assert [line for line in lines if own not in line] == plain["text"].splitlines(), "all that was said is still said"
    assert lines[-1] == plain["text"].splitlines()[-1]


@pytest.mark.parametrize("danger", ["medical", "abuse"])
def test_no_local_line_stands_where_911_comes_first(clinic: Stage, danger: str) -> None:
    (message,) = clinic.say("crisis", "help", crisis=danger)
    assert "209-555" not in message["text"]


def test_a_worry_and_a_safe_house_have_it_too(clinic: Stage) -> None:
    worry, *_ = clinic.say("greet", "i am so tired of it all", crisis="worry")
    assert "Kite Helpline: 209-555-0142" in worry["text"] and worry["custom"]["phones"] == ["988", "209-555-0142"]
    *_, told = clinic.say("find_provider", "is there a safe house in Modesto", need="housing", place="Modesto")
    assert "Haven of the Valley: 209-555-0143" in told["text"]
    assert told["custom"]["phones"] == ["911", "1-800-799-7233", "209-555-0143"]


def test_the_on_call_line_is_told_to_no_patient(clinic: Stage) -> None:
    told = [message["text"] for danger, text, *_ in LINES for message in clinic.say("crisis", text, crisis=danger)]
    told += [message["text"] for act in ("talk_to_human", "greet") for message in clinic.say(act, "a nurse please")]
    assert len(told) > 4 and not [text for text in told if "209-555-0141" in text or "On-call" in text]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "what is the clinic's phone number?", "Kite Clinic: 209-555-0140."),
        ("en", "is the clinic open today", "Closed now. Opens Monday at 8 am."),
        ("es", "¿a qué hora abre la clínica?", "Abren el lunes a las 8 am."),
        ("es", "dónde queda la clínica", "Dirección: 14 Kite Street, Modesto."),
    ],
)
def test_the_clinic_itself_can_be_asked_for(clinic: Stage, language: str, text: str, told: str) -> None:
    (message,) = clinic.say("followup", text, language=language)
    assert told in message["text"] and message["custom"]["phones"] == ["209-555-0140"]


def test_a_clinic_as_a_thing_looked_for_is_looked_for(clinic: Stage) -> None:
    (message,) = clinic.say("find_provider", "clinic hours for food pantry", need="food", place="Modesto")
    assert message["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    ("language", "named", "neutral"),
    [
        ("en", "call Kite Clinic (209-555-0140) today", "call your clinic today"),
        ("es", "llame hoy a Kite Clinic (209-555-0140)", "llame hoy a su clínica"),
    ],
)
def test_your_clinic_becomes_its_name(home: Path, stage: Stage, language: str, named: str, neutral: str) -> None:
    asked = {"need": "other_health", "urgent": True, "language": language}
    (before,) = stage.say("find_provider", "i need insulin today", **asked)  # type: ignore[arg-type]
    (home / "settings.yml").write_text(SAID, "utf-8")
    (after,) = stage.say("find_provider", "i need insulin now", **asked)  # type: ignore[arg-type]
    assert neutral in before["text"] and named in after["text"]
    assert "209-555-0140" in after["custom"]["phones"]


def test_the_demo_clinic_is_never_told_as_yours(home: Path, stage: Stage) -> None:
    (home / "directory.db").unlink()
    source = store.SourceRecord("demo", "An invented list", demo=True)
    store.write_directory(
        home / "directory.db", records=(), sources=[source], publication="made-2", published_at=PUBLISHED
    )
    assert "Puente Demo Clinic" in stage.say("talk_to_human")[0]["text"]
    told = stage.say("find_provider", "i need insulin today in Modesto", need="other_health", urgent=True)
    assert "your clinic" in told[0]["text"]
    assert "Demo Clinic" not in told[0]["text"] and "209-555-0100" not in told[0]["text"]


def test_settings_that_cannot_be_read_leave_nobody_without_an_answer(home: Path, stage: Stage) -> None:
    (home / "settings.yml").write_text("clinic: [", "utf-8")
    (message,) = stage.say("talk_to_human")
    assert message["custom"]["kind"] == "handoff" and "211" in message["text"]
    (crisis,) = stage.say("crisis", "i want to die", crisis="self_harm")
    assert crisis["custom"]["phones"] == ["988", "911"]


def test_its_own_plans_come_first_where_a_plan_is_asked_and_none_is_taken_for_granted(home: Path, stage: Stage) -> None:
    def choices() -> list[str]:
        stage.slots.clear()
        stage.slots.update(place="Modesto")
        (asked,) = stage.say("inform", "my card says molina", plan="molina")
        return [choice["label"] for choice in asked["custom"]["choices"]]

    before = choices()
    (home / "settings.yml").write_text(f"plans: [{_IDS[before[-1]]}]\n", "utf-8")
    assert choices() == [before[-1], *before[:-1]]
    assert stage.slots.get("plan") not in _IDS.values()


_IDS = {plan.short_name: plan.id for plan in plans.plans_in("Stanislaus")}


def test_its_own_county_comes_first_where_a_zip_is_in_two(home: Path, stage: Stage) -> None:
    def choices() -> list[str]:
        stage.slots.clear()
        (asked,) = stage.say("find_provider", "food near 93252", need="food", place="93252")
        return [choice["label"] for choice in asked["custom"]["choices"]]

    before = choices()
    assert len(before) > 1
    (home / "settings.yml").write_text(f"counties: [{before[-1].removesuffix(' County')}]\n", "utf-8")
    assert choices() == [before[-1], *before[:-1]]
