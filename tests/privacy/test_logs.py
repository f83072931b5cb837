"""Lines of a log hold ids and numbers; a text is refused at the call, and what others log loses its words."""

from __future__ import annotations

import ast
import enum
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory import logs
from directory.reply import Kind
from tests.conftest import ROOT, environment

logger = logging.getLogger("bot.made")
WORDS = "my name is Ana and i live on Secreta street"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written, with this process's own handlers and hooks put back afterwards."""
    handlers, level, raising = logging.root.handlers[:], logging.root.level, logging.raiseExceptions
    kept = {name: logging.getLogger(name).level for name in ("actions", "bot", "directory")}
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr("threading.excepthook", sys.excepthook)
    monkeypatch.setattr("warnings.showwarning", print)
    stream = io.StringIO()
    logs.configure("made", level=logging.DEBUG, stream=stream)
    yield stream
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    logging.raiseExceptions = raising
    for name, was in kept.items():
        logging.getLogger(name).setLevel(was)


def read(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json(lines: io.StringIO) -> None:
    logs.event(logger, "web.answer.failed", level=logging.ERROR, error=KeyError(WORDS), waiting=3, pace=1.5, busy=True,
               kind=Kind.LISTINGS, place=logs.Id("demo_plan_roster:12"), nothing=None)  # fmt: skip
    (line,) = read(lines)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "ERROR", "process": "made", "event": "web.answer.failed", "error": "KeyError", "waiting": 3,
        "pace": 1.5, "busy": True, "kind": "listings", "place": "demo_plan_roster:12", "nothing": None,
    }  # fmt: skip


@pytest.mark.parametrize("value", [WORDS, "embarazada", "", b"ana", ["ana"], {"a": "ana"}, Path("/ana"), object()])
def test_a_text_is_refused_at_the_call_at_every_level(lines: io.StringIO, value: object) -> None:
    for level in (logging.DEBUG, logging.ERROR):
        with pytest.raises(TypeError) as refused:
            logs.event(logger, "made.up", level=level, said=value)  # type: ignore[arg-type]
        assert "ana" not in str(refused.value).casefold()
    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    "value", [WORDS, "", " a", "a b", "¿qué?", "a\nb", "x" * 81, "2095550142", "209-555-0142", "+12095550142", "{a}"]
)
def test_what_looks_like_no_id_is_none(value: str) -> None:
    with pytest.raises(ValueError, match="does not look like an id") as refused:
        logs.Id(value)
    assert len(value) < 4 or value not in str(refused.value)


@pytest.mark.parametrize("name", [WORDS, "Up", "a-b", "", "a..b", "1a"])
def test_the_name_of_an_event_is_fixed_words(lines: io.StringIO, name: str) -> None:
    with pytest.raises(ValueError, match="fixed in the code"):
        logs.event(logger, name)


@pytest.mark.parametrize("key", ["at", "process", "event", "logger"])
def test_what_stands_in_every_line_is_not_written_over(lines: io.StringIO, key: str) -> None:
    given: dict[str, Any] = {key: 1}
    with pytest.raises((ValueError, TypeError)):
        logs.event(logger, "made.up", **given)
    assert lines.getvalue() == ""


def test_of_what_others_log_only_the_place_is_written(lines: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        for name in ("rasa.core", "sanic.root", "bot.other", WORDS):
            logging.getLogger(name).exception("said %s", WORDS, extra={"puente_": WORDS})
    logging.getLogger("rasa").error("too few %s %s", WORDS)
    found = read(lines)
    assert len(found) == 5 and "Secreta" not in lines.getvalue()
    assert {line["event"] for line in found} == {"unnamed"}
    assert found[0]["where"].startswith("test_logs:") and found[0]["error"].startswith("ValueError at test_logs")


def test_levels(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    for said, level in (("error", logging.ERROR), ("DEBUG", logging.DEBUG), ("nonsense", logging.WARNING)):
        monkeypatch.setenv("PUENTE_LOG_LEVEL", said)
        logs.configure("made", stream=lines)
        assert logging.getLogger("bot").level == level
        assert logging.root.level == logging.WARNING, "others are never heard below it"


def test_an_enum_of_words_is_an_enum(lines: io.StringIO) -> None:
    class Made(enum.Enum):
        ONE = "one"

    logs.event(logger, "made.up", which=Made.ONE)
    assert read(lines)[0]["which"] == "one"


DYING = """
import sys, threading, warnings, logging
from directory import logs
logs.configure("made")
warnings.warn({words!r})
thread = threading.Thread(target=lambda: int({words!r})); thread.start(); thread.join()
class Bad:
    def __del__(self): raise ValueError({words!r})
Bad()
raise RuntimeError({words!r})
"""


def test_what_nobody_caught_is_told_by_its_kind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DYING.format(words=WORDS)],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "Secreta" not in done.stdout + done.stderr
    found = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in found] == ["thread.failed", "thread.failed", "process.failed"]
    assert found[-1]["error"].startswith("RuntimeError")


def test_nothing_of_ours_logs_another_way() -> None:
    """`logger.error("...")` would be a line without a name, or a text that nobody refused."""
    plain = {"debug", "info", "warning", "warn", "error", "exception", "critical", "log"}
    found = []
    for package in ("actions", "bot", "directory"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path == ROOT / "directory" / "logs.py":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                if isinstance(called, ast.Attribute) and called.attr in plain and _is_logger(called.value):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def _is_logger(value: ast.expr) -> bool:
    name = value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
    return name in {"logger", "_logger", "log", "_log", "logging", "LOGGER"}
