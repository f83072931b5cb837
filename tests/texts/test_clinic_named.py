"""Wherever a text speaks of "your clinic" it is the clinic of the settings, or means another one on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.model import Language
from directory.text import catalogue
from directory.text.register.every import every_text

_NAMED = re.compile(r"\bclinics?\b|\bclínicas?\b", re.I)
ON_PURPOSE = {
    # Where the visit is: dialysis, a specialist, another clinic.
    "assistant.let_down": "the place of the visit that was missed",
    "assistant.let_down.sms": "the place of the visit that was missed",
    "assistant.meant.ride_not_coming.sms": "the place of the visit",
    "assistant.ride.late.now": "the place of the visit",
    "assistant.meant.ride_not_coming": "the place of the visit",
    # Any clinic: what holds at all of them.
    "assistant.language.wanted": "interpreters are free at all clinics",
    "assistant.language.interpreter": "interpreters are free at all clinics",
    "assistant.followup.languages_none": "interpreters are free at all clinics",
    # What stands in for the name.
    "clinic.yours": "said where no clinic is named",
    "assistant.person.the_clinic": "said where no clinic is named",
    **dict.fromkeys(
        ("noted.gives", "noted.gives_not", "noted.gives_there", "noted.gives_not_there"), "the clinic speaks of itself"
    ),
    "pause.clinic": "beside its number, in a sentence that is kept short",
    "pause.in_english": "whose sentence it is",
    "verdict.local": "whose note it is, beside the names of other sources",
}
RULES = ("program.", "guide.", "condition.", "question.", "decider.", "hedge.", "wording.", "offer.", "ride.",
         "definition.", "need.", "plan.", "office.")  # fmt: skip
"""Rules and guides tell what any clinic does, in every clinic the same; they are dated data with their sources."""
SETTINGS_OWN = ("leaflet.", "sign.", "letter.", "script.", "paper.", "inventory.", "print.", "desk.")
"""What is printed, and staff's pages: these have a test of their own."""
FIXED = {"bot.utter_out_of_scope"}
"""Fixed replies: `bot.own_words` puts the name in their place (tests/bot)."""


def speaking() -> Iterator[tuple[str, str]]:
    for text in every_text():
        found = [language for language in ("en", "es") if _NAMED.search(text.get(language).replace("{clinic}", ""))]
        if found and not text.id.startswith((*RULES, *SETTINGS_OWN, "page.")):
            yield text.id, text.en


def test_a_text_that_speaks_of_a_clinic_takes_it_from_the_settings_or_means_another() -> None:
    assert {id: text for id, text in speaking() if id not in ON_PURPOSE and id not in FIXED} == {}


def test_what_is_excused_speaks_of_a_clinic() -> None:
    known = {id for id, _ in speaking()}
    assert set(ON_PURPOSE) <= known
    assert known >= FIXED


@pytest.mark.parametrize("language", list(Language))
def test_without_a_name_it_is_your_clinic_and_reads_as_a_sentence(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    keys = [key for key in catalogue.keys(language) if "{clinic}" in catalogue.shipped(language.value)[key]]
    keys = [key for key in keys if key.startswith(("assistant.barriers", "assistant.today", "assistant.language"))]
    names = {key: dict.fromkeys(catalogue.placeholders(key, language) - {"clinic"}, "X") for key in keys}
    assert len(keys) >= 5
    yours = "your clinic" if language is Language.EN else "su clínica"
    assert all(yours in catalogue.say(key, language, **names[key]) for key in keys)
    (tmp_path / "settings.yml").write_text('clinic: Kite Clinic\nphone: "209-555-0140"\n', "utf-8")
    named = [catalogue.say(key, language, **names[key]) for key in keys]
    assert all("Kite Clinic (209-555-0140)" in text for text in named)
    assert not [text for text in named if re.search(r"\b(?:la|el|su|your|the) Kite", text)]
