"""While the assistant is away the door tells the clinic's own lines as the assistant does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.door import answers


@pytest.mark.parametrize(("page", "named"), [("en", "You can also call"), ("es", "También puede llamar a")])
def test_the_door_names_the_clinics_own_line_after_the_national_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, named: str
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "settings.yml").write_text('crisis_line: {name: Kite Helpline, phone: "209-555-0142"}\n', "utf-8")
    danger, _ = answers.answered("i want to kill myself" if page == "en" else "me quiero matar", page, None)
    assert danger["custom"]["phones"] == ["988", "911", "209-555-0142"]
    assert danger["text"].index("988") < danger["text"].index(f"{named} Kite Helpline: 209-555-0142")
