"""Fixed replies by text: their short form, the clinic's own wording where it has one, and its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import project, short
from directory import wording
from directory.reply import Kind
from directory.text import budget, gsm

FIXED = [(language, name) for language in wording.LANGUAGES for name in project.messages(language)]


@pytest.mark.parametrize(("language", "name"), FIXED)
def test_each_fixed_reply_keeps_to_its_budget_by_text(home: Path, language: str, name: str) -> None:
    message = project.messages(language)[name]
    told = short.form(name, language, message["text"])
    assert gsm.segments(told) <= budget.most(Kind(message["kind"])), told
    assert "page" not in told and "página" not in told


def test_what_has_no_short_form_stays_as_it_is() -> None:
    assert short.form("utter_thanks", "en", "You are welcome.") == "You are welcome."
    assert short.form("utter_nothing", "en", "x") == "x" and short.form("utter_ask_bot", "vi", "x") == "x"


def test_the_clinics_own_wording_is_said_by_text_too(home: Path) -> None:
    shipped = project.messages("en")["utter_ask_bot"]["text"]
    (home / "texts.yml").write_text(
        "- {id: bot.utter_ask_bot, language: en, words: We are Sunrise., who: ana, day: 2026-11-22, "
        f"instead_of: {wording.fingerprint(shipped)}}}\n"
    )
    assert short.form("utter_ask_bot", "en", "We are Sunrise.") == "We are Sunrise."
    assert short.form("utter_opt_out", "en", "You can stop") == "To get no more texts from us, answer STOP."
