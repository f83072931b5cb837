"""`puente setup` without questions: a file, single values, the template, a terminal that is none, a real terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from directory import places, plans
from directory.settings import Admin, Settings, settings
from directory.settings.checking import KEYS, checked
from directory.settings.languages import codes
from directory.setup.questions import questions
from directory.setup.rendering import rendered, template
from tests.conftest import ROOT, environment

Puente = Callable[..., Result]
CLINIC = "# by Ana\nclinic: Roble Health   # our name\nphone: 209-555-0150\nhours: Mon-Fri 8am-5pm\n"


def files(home: Path) -> dict[str, str]:
    """All that lies in the home but the key of the chats and the room kept back, which setup makes."""
    kept = ("secret.key", "room.reserve")
    return {file.name: file.read_text("utf-8") for file in home.iterdir() if file.name not in kept}


# The template


def test_the_template_has_every_key_and_says_nothing(home: Path, puente: Puente) -> None:
    printed = puente("setup", "--show-template").output
    assert printed.rstrip() == template().rstrip() and files(home) == {}
    assert yaml.safe_load(printed) is None
    assert [key for key in KEYS if f"\n# {key}:" not in printed] == []


def test_the_template_without_its_marks_is_a_file_that_fits(home: Path, puente: Puente) -> None:
    keys = tuple(f"# {key}:" for key in KEYS)
    lines, inside = [], False
    for line in template().splitlines():
        inside = line.startswith(keys) or (inside and line.startswith(("#   ", "# -")))
        lines.append(line[2:] if inside else line)
    (home / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (home.parent / "clinic.yml").write_text("\n".join(lines))
    result = puente("setup", "--file", str(home.parent / "clinic.yml"))
    assert result.exit_code == 0, result.output
    assert {key for key in KEYS if getattr(settings(strict=True), key) != getattr(Settings(), key)} == set(KEYS)


# A file


def test_a_file_is_taken_letter_by_letter(home: Path, puente: Puente) -> None:
    (home.parent / "clinic.yml").write_text(CLINIC)
    dry = puente("setup", "--file", str(home.parent / "clinic.yml"), "--dry-run")
    assert "Would be written" in dry.output and "clinic: (nothing) -> Roble Health" in dry.output and files(home) == {}
    result = puente("setup", "--file", str(home.parent / "clinic.yml"))
    assert result.exit_code == 0 and "Written:" in result.output
    assert files(home) == {"settings.yml": CLINIC, "settings.good.yml": CLINIC}
    assert settings().clinic == "Roble Health"


def test_the_first_answer_also_keeps_a_little_room_back(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "clinic=Sunrise Clinic")
    assert 0 < (home / "room.reserve").stat().st_size <= 4 << 20


def test_the_file_before_is_kept(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "clinic=Before")
    before = (home / "settings.yml").read_text()
    (home.parent / "clinic.yml").write_text(CLINIC)
    puente("setup", "--file", str(home.parent / "clinic.yml"))
    assert (home / "settings.former.yml").read_text() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "puente setup --show-template >"),
        ("clinic: [", "line 1"),
        ("clnic: x\nhours: whenever\n", "has 2 mistakes"),
        ("", "says nothing yet"),
        (template(), "says nothing yet"),
        ("clinic: A\nclinic: B\n", "stands twice"),
    ],
)
def test_a_wrong_file_is_told_whole_and_nothing_is_written(
    home: Path, puente: Puente, content: str | None, said: str
) -> None:
    puente("setup", "--set", "clinic=Before")
    before = files(home)
    path = home.parent / "clinic.yml"
    if content is not None:
        path.write_text(content)
    result = puente("setup", "--file", str(path))
    assert result.exit_code == 1 and said in result.output and str(path) in result.output
    assert files(home) == before


def test_answers_for_programs(home: Path, puente: Puente) -> None:
    (home.parent / "clinic.yml").write_text(CLINIC)
    told = json.loads(puente("setup", "--file", str(home.parent / "clinic.yml"), "--json").output)
    assert {"key": "clinic", "before": "(nothing)", "after": "Roble Health"} in told["changes"]
    assert "phone" not in [each["key"] for each in told["open"]] and "counties" in [
        each["key"] for each in told["open"]
    ]
    shown = json.loads(puente("settings", "--json").output)
    assert (shown["clinic"], shown["mended"], shown["closed_on"]) == ("Roble Health", None, [])


# Single values


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["phone=209-555-0140"], {"phone": "209-555-0140"}),
        (["counties=kern, Kings"], {"counties": ["Kern", "Kings"]}),
        (["plans=Kaiser,ccah"], {"plans": ["kaiser", "ccah"]}),
        (["languages=English, Mixteco"], {"languages": ["en", "mix"]}),
        (["color=1B5E78"], {"color": "#1b5e78"}),
        (
            ["admin.name=Ana Luna", "admin.email=a@example.org"],
            {"admin": {"name": "Ana Luna", "email": "a@example.org"}},
        ),
        (
            ["crisis_line.name=Valley", "crisis_line.phone=209-555-0141"],
            {"crisis_line": {"name": "Valley", "phone": "209-555-0141"}},
        ),
        (["retention.conversations=14"], {"retention": {"conversations": 14}}),
        (["retention=conversations 14"], {"retention": {"conversations": 14}}),
        (["backups.encrypted=yes"], {"backups": {"encrypted": True}}),
        (["demo=true"], {"demo": True}),
        (["clinic="], {}),
        (["sms.account=AC1", "sms.from=209-555-0150"], {"sms": {"account": "AC1", "from": "209-555-0150"}}),
        (
            ["sms.account=AC1", "sms.from=209-555-0150", "sms.attested.baa=2026-10-01", "sms.attested.baa=2026-10-02"],
            {"sms": {"account": "AC1", "from": "209-555-0150", "attested": {"baa": "2026-10-02"}}},
        ),
    ],
)
def test_a_value_at_a_time(home: Path, puente: Puente, words: Sequence[str], expected: dict[str, object]) -> None:
    puente("setup", "--set", "clinic=Before")
    result = puente("setup", *(word for each in words for word in ("--set", each)))
    assert result.exit_code == 0, result.output
    found = yaml.safe_load((home / "settings.yml").read_text()) or {}
    assert found == {**({} if "clinic=" in words else {"clinic": "Before"}), **expected}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["clnic=x"], "Known keys: clinic"),
        (["phone"], "write KEY=VALUE"),
        (["admin=Ana"], "admin.name=..., admin.email=..."),
        (["crisis_line.name=Valley"], "lacks `phone`"),
        (["phone.area=209"], "`phone`"),
        (["hours=whenever", "color=#ffffff"], "`color`"),
        (["logo=/nowhere.png"], "no file there"),
        (["retention.conversations=many"], "from 1 to 90"),
    ],
)
def test_a_wrong_value_changes_nothing(home: Path, puente: Puente, words: Sequence[str], said: str) -> None:
    puente("setup", "--set", "clinic=Before")
    before = files(home)
    result = puente("setup", "--set", "phone=209-555-0140", *(word for each in words for word in ("--set", each)))
    assert result.exit_code == 1 and said in result.output and files(home) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--file", "a.yml", "--set", "clinic=x"], "goes with no KEY"),
        (["--dry-run"], "--dry-run and --json go with --file or --set"),
        (["nothing", "--ask"], "It asks: clinic, short_name"),
    ],
)
def test_what_cannot_go_together_is_told(puente: Puente, words: Sequence[str], said: str) -> None:
    result = puente("setup", *words)
    assert result.exit_code != 0 and said in result.output


def test_without_a_terminal_it_says_what_to_do(home: Path, puente: Puente) -> None:
    result = puente("setup")
    assert result.exit_code == 1 and "puente setup --file clinic.yml" in result.output and files(home) == {}


# Whatever was said comes back as it was

_NAMES = st.text(st.characters(blacklist_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=30).filter(
    str.strip
)
_LINES = st.fixed_dictionaries({"name": _NAMES, "phone": st.just("209-555-0141")}, optional={"hours": st.just("24/7")})
_PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "clinic": _NAMES,
        "phone": st.just("209-555-0140"),
        "counties": st.lists(st.sampled_from(places.COUNTIES), unique=True),
        "plans": st.lists(st.sampled_from(sorted(plans.plans())), unique=True, min_size=1),
        "languages": st.lists(st.sampled_from(codes()), unique=True),
        "closed_on": st.lists(st.dates(min_value=date(2026, 1, 1)).filter(lambda d: d.year < 2100)),
        "crisis_line": _LINES,
        "admin": st.fixed_dictionaries({"name": _NAMES}),
        "language_help": st.fixed_dictionaries({"en": _NAMES, "es": _NAMES}),
        "demo": st.booleans(),
    },
)


@rules(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain=_PLAIN, left_out=st.lists(st.tuples(_NAMES, _NAMES), max_size=2))
def test_what_is_written_says_the_same_when_read(
    home: Path, plain: dict[str, object], left_out: list[tuple[str, str]]
) -> None:
    text = rendered(plain, left_out)
    assert (yaml.safe_load(text) or {}) == plain
    before, after = checked(home, plain), checked(home, yaml.safe_load(text) or {})
    assert before[0] == after[0] and not before[1]
    assert all(f"{question.ask}:" in " ".join(text.replace("\n# ", " ").split()) for question in questions().values())


# A real terminal


def played(
    home: Path, words: Sequence[str], typed: Sequence[str], meanwhile: Callable[[], object] = lambda: None
) -> tuple[str, int]:
    """`puente` on a terminal of its own, each line typed when it waits at a prompt; what it showed, its exit code.

    `meanwhile` happens when it waits for the second line.
    """
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "directory.cli", *words], environment(home, TERM="xterm"))
    shown, waiting, quiet = b"", list(typed), time.monotonic() + 60
    while time.monotonic() < quiet:
        ready, _, _ = select.select([terminal], [], [], 0.1)
        try:
            piece = os.read(terminal, 65536) if ready else b""
        except OSError:  # the other end has gone
            break
        shown += piece
        if not ready and waiting and shown.endswith((b": ", b":")):
            line = waiting.pop(0)
            if len(waiting) == len(typed) - 2:
                meanwhile()
            os.write(terminal, line.encode() + (b"" if line == "\x03" else b"\n"))
            shown += b" "
    _, state = os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(state)


def test_at_a_terminal_with_ctrl_c_in_the_middle_and_on_from_there(home: Path) -> None:
    shown, code = played(home, ["setup"], ["Clínica Roble", "", "209 555", "209-555-0150", "\x03"])
    assert code == 1 and "1 of 23. Name of your clinic" in shown and "It must be one phone number" in shown
    assert "Stopped. 3 answers are kept" in shown and "Traceback" not in shown
    assert (settings().clinic, settings().short_name, settings().phone) == (
        "Clínica Roble",
        "Clinica Roble",
        "209-555-0150",
    )
    shown, code = played(home, ["setup"], ["", "Mon-Fri 8-5", "\x03"])
    assert "1 of 20. Opening hours" in shown and settings().hours == "Mon-Fri 8-5"
    shown, code = played(home, ["setup", "admin"], ["Ana Luna", ""])
    assert code == 0 and "All is kept in" in shown and settings().admin == Admin("Ana Luna")


def test_what_somebody_else_changes_meanwhile_stays(home: Path, puente: Puente) -> None:
    def another() -> None:
        assert puente("setup", "--set", "color=#1b5e78").exit_code == 0

    shown, code = played(home, ["setup", "phone", "hours"], ["209-555-0150", "24/7"], another)
    assert code == 0 and "All is kept in" in shown
    found = settings(strict=True)
    assert (found.phone, found.hours, found.color) == ("209-555-0150", "24/7", "#1b5e78")
