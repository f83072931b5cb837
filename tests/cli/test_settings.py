from __future__ import annotations

from pathlib import Path

import pytest

from directory.errors import SettingsError
from directory.settings import Settings, settings


def test_without_a_file_nothing_is_claimed_of_the_clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    assert settings() == Settings(clinic=None, phone=None, demo=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Settings()),
        ("clinic: Roble Health\nphone: 209-555-0150\n", Settings("Roble Health", "209-555-0150")),
        ("demo: true\n", Settings("Puente Demo Clinic", "209-555-0100", True)),
        ("demo: true\nclinic: Ours\n", Settings("Ours", "209-555-0100", True)),
    ],
)
def test_settings_are_read(tmp_path: Path, text: str, expected: Settings) -> None:
    file = tmp_path / "settings.yml"
    file.write_text(text)
    assert settings(file) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- a", "clinic"),
        ("clnic: x", "clnic"),
        ("demo: maybe", "demo"),
        ("phone: 2095550150", "phone"),
        ("a: [", "YAML"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "settings.yml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=named) as caught:
        settings(file)
    assert str(file) in str(caught.value)
