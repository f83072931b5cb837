"""`puente privacy` says each entry in words and the days in force, in both languages; docs/privacy.md is that page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from directory import privacy
from directory.model import Language
from directory.privacy.page import page
from tests.conftest import ROOT
from tests.privacy.conftest import put

KEPT = privacy.inventory()


@pytest.mark.parametrize("language", list(Language))
def test_every_entry_is_said(language: Language) -> None:
    text = page(language)
    for item in KEPT.values():
        assert f"### {item.what.get(language)}\n" in text
        assert item.holds.get(language) in text
    assert not re.search(r"\{\w+\}|\bNone\b", text)
    assert text.count("### ") == len(KEPT)


def test_the_document_is_the_page_that_ships() -> None:
    """After a change: puente privacy --shipped > docs/privacy.md"""
    assert (ROOT / "docs" / "privacy.md").read_text("utf-8") == page(Language.EN)


@pytest.mark.parametrize(
    ("language", "days", "now", "clinic"),
    [
        ("en", "14 days after the last message", "2 entries", "# What Puente keeps at Nogal Clinic"),
        ("es", "14 días después del último mensaje", "2 entradas", "# Lo que guarda Puente en Nogal Clinic"),
    ],
)
def test_the_command_says_the_clinic_s_days_and_how_much_there_is(
    home: Path, run_puente: Callable[..., str], language: str, days: str, now: str, clinic: str
) -> None:
    (home / "settings.yml").write_text(
        "clinic: Nogal Clinic\nphone: 209-555-0142\nretention: {conversations: 14}\n", "utf-8"
    )
    today = datetime.now(timezone.utc)
    put(home, {"a": today, "b": today - timedelta(days=3)})
    told = run_puente(home, "privacy", "--language", language)
    first = told.partition("###")[2].partition("###")[0]
    assert clinic in told and days in first and now in first
    assert f"{(today - timedelta(days=3)).date()}" in first


def test_json_for_programs(home: Path, run_puente: Callable[..., str]) -> None:
    (home / "settings.yml").write_text("retention: {records: 60}\n", "utf-8")
    plain = {each["id"]: each for each in json.loads(run_puente(home, "privacy", "--json"))}
    assert list(plain) == list(KEPT)
    assert plain["records"]["days"] == 60 and plain["conversations"]["days"] == 30
    assert plain["said_of_oneself"] | {"minutes": 30, "place": "memory", "now": None} == plain["said_of_oneself"]
