"""The inventory is read strictly, the code takes its numbers from it, and every slot is named in it once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from directory import privacy, settings
from directory.errors import PrivacyError
from directory.privacy.inventory import FILE, load, matches
from directory.purge import STEPS

ROOT = Path(__file__).parents[2]
KEPT = privacy.inventory()
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))


def test_every_slot_of_a_conversation_stands_in_one_place() -> None:
    named = [name for item in KEPT.values() for name in (*item.slots, *item.sifted)]
    assert sorted(named) == sorted(DOMAIN["slots"])


def test_a_session_ends_when_the_inventory_says_so() -> None:
    assert DOMAIN["session_config"]["session_expiration_time"] == privacy.minutes("said_of_oneself")


def test_whatever_ends_by_days_has_a_step_of_the_purge() -> None:
    assert set(STEPS) == {item.id for item in KEPT.values() if item.days is not None}


def test_numbers_that_said_stop_are_never_purged() -> None:
    assert KEPT["opt_outs"].purged == "never"
    assert KEPT["opt_outs"].backup
    assert "opt_outs" not in STEPS


def test_what_people_said_is_in_no_backup() -> None:
    assert not KEPT["conversations"].backup
    assert not KEPT["logs"].backup


@pytest.mark.parametrize(
    ("said", "days"), [({}, 30), ({"conversations": 14}, 14), ({"conversations": 90}, 90), ({"records": 60}, 30)]
)
def test_the_clinic_sets_its_own_days(home: Path, said: dict[str, int], days: int) -> None:
    if said:
        (home / "settings.yml").write_text(yaml.safe_dump({"retention": said}), "utf-8")
    assert privacy.days("conversations") == days


@pytest.mark.parametrize("days", [91, 100_000])
def test_no_setting_keeps_a_conversation_for_longer_than_the_inventory_lets(home: Path, days: int) -> None:
    (home / "settings.yml").write_text(yaml.safe_dump({"retention": {"conversations": days}}), "utf-8")
    assert (privacy.days("conversations") or 0) <= 90
    assert privacy.days("conversations", {"conversations": days}) == 90
    assert privacy.days("conversations", {"conversations": 0}) == 1


def test_what_ends_otherwise_has_no_days() -> None:
    assert privacy.days("work") is None
    with pytest.raises(KeyError):
        privacy.days("nothing of the kind")


@pytest.mark.parametrize(
    ("path", "glob", "fits"),
    [
        ("a.log", "*.log", True), ("logs/a.log", "*.log", False), ("logs/a/b", "logs/**", True),
        ("logs", "logs/**", False), ("raw/x/0a", "raw/*/*[0-9a-f]", True), ("raw/x/0.part", "raw/*/*[0-9a-f]", False),
        ("work.dbx", "work.db", False), ("workxdb", "work.db", False),
    ],
)  # fmt: skip
def test_a_star_stays_in_its_folder(path: str, glob: str, fits: bool) -> None:
    assert matches(path, glob) is fits


GOOD = """
thing:
  what: {en: A thing, es: Una cosa}
  where: [thing.db]
  holds: {en: Numbers., es: Números.}
  sees: nobody
  days: {default: 30, least: 1, most: 90}
  purged: rows
  backup: false
  personal: true
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  sees: nobody", "  sees: nobody\n  colour: red", "'colour' is unknown"),
        ("  sees: nobody\n", "", "'sees' is missing"),
        (", es: Una cosa", "", "'es' is missing"),
        ("sees: nobody", "sees: strangers", "'strangers' is unknown"),
        ("least: 1", "least: 31", "least <= default"),
        ("default: 30", "default: 3.5", "a whole number"),
        ("purged: rows", "purged: session", "does not fit"),
        ("  days: {default: 30, least: 1, most: 90}\n", "", "needs one of 'days', 'minutes' and 'until'"),
        ("  where: [thing.db]\n", "", "needs one of 'where', 'inside' and 'place'"),
        ("backup: false", "backup: perhaps", "true or false"),
        ("thing:", "thing: 1\nthing:", "stands twice"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "inventory.yml"
    file.write_text(GOOD, "utf-8")
    assert load(file)["thing"].days == 30
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(PrivacyError) as refused:
        load(file)
    assert str(file) in str(refused.value) and says in str(refused.value)


def test_what_ships_says_when_the_clinic_keeps_what_is_not_purged() -> None:
    plain = yaml.safe_load(FILE.read_text("utf-8"))
    assert set(plain) == set(KEPT)
    assert settings.Settings().retention == {}
