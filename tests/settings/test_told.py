"""What people are told of the settings: no invented clinic beside real places; and who stands beside decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from click.testing import Result

from actions.context import Goal
from directory import store, sync
from directory.settings import DEMO_CLINIC, DEMO_PHONE
from tests.actions.conftest import NOW, RECORDS, Stage, acts

REAL = "clinic: Roble Health\nphone: 209-555-0155\n"
LANGUAGES = ("en", "es")


def publish(home: Path) -> None:
    """A real list, as far as Puente can know."""
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=RECORDS, sources=[source], publication="made-1", published_at=NOW
    )


def everything_said(language: str) -> str:
    """All that is answered to every act: at the beginning, after a list, and in danger."""
    said = []
    for act in acts():
        for before in (False, True):
            stage = Stage()
            if before:
                said += stage.say("find_provider", "food", need="food", place="Modesto", language=language)
            said += stage.say(act, "x", language=language)
            said += stage.say("talk_to_human", "a person", language=language)
    stage = Stage()
    for kind in ("self_harm", "violence", "abuse", "unsafe_tonight", "worry"):
        said += stage.say("inform", "x", crisis=kind, language=language)
    said += Stage().say("find_provider", "beds", need="housing", place="Alturas", language=language)
    return json.dumps(said, ensure_ascii=False)


@pytest.fixture
def on_stage(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home, at a frozen hour."""
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW))
    return home


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        (REAL, True, True),
        (REAL, False, True),
        (REAL + "demo: true\n", True, True),
        ("", True, False),
        ("", False, False),
        ("demo: true\n", True, False),
        ("clinic: [", True, False),
    ],
)
def test_a_real_answer_never_shows_a_value_of_the_demo(
    on_stage: Path, language: str, text: str, published: bool, told: bool
) -> None:
    if published:
        publish(on_stage)
    (on_stage / "settings.yml").write_text(text)
    said = everything_said(language)
    invented = {word for word in (DEMO_CLINIC, DEMO_PHONE, "Demo") if word in said}
    ours = {word for word in ("Roble Health", "209-555-0155") if word in said}
    assert (invented, len(ours)) == (set(), 2 if told else 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_itself_says_that_its_clinic_is_invented(on_stage: Path, language: str) -> None:
    (on_stage / "settings.yml").write_text("demo: true\n")
    (message,) = Stage().say("talk_to_human", "a person", language=language)
    assert DEMO_CLINIC in message["text"] and message["custom"]["demo"]


@pytest.mark.parametrize("damage", [b"clinic: [", b"phone: 2095550155\n", b"", b"\0" * 99])
def test_with_a_slip_in_the_file_people_are_told_what_was_good(on_stage: Path, damage: bytes) -> None:
    publish(on_stage)
    file = on_stage / "settings.yml"
    file.write_text(REAL)
    before = Stage().say("talk_to_human", "a person")
    file.write_bytes(damage)
    assert Stage().say("talk_to_human", "a person") == before and "209-555-0155" in before[0]["text"]


# Who decides


@pytest.mark.parametrize(
    ("admin", "user", "option", "recorded"),
    [
        ("Ana Luna", None, None, "Ana Luna"),
        ("Ana Luna", "Bo", None, "Bo"),
        ("Ana Luna", "Bo", "Cruz", "Cruz"),
        (None, "Bo", None, "Bo"),
    ],
)
def test_the_name_of_who_runs_it_stands_beside_a_decision(
    home: Path, puente: Callable[..., Result], monkeypatch: pytest.MonkeyPatch,
    admin: str | None, user: str | None, option: str | None, recorded: str,
) -> None:  # fmt: skip
    sync.load_demo(datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc))
    if admin:
        puente("setup", "--set", f"admin.name={admin}")
    if user:
        monkeypatch.setenv("PUENTE_USER", user)
    by = ("--by", option) if option else ()
    decided = puente("notice", "demo_plan_roster:D0001", "Closed today", *by)
    assert decided.exit_code == 0, decided.output
    assert [each["who"] for each in json.loads(puente("decisions", "--json").output)] == [recorded]
