"""Nothing that comes in runs, nothing can be written, and what breaks is a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.desk.listings import FULL, HOSTILE, SCRIPT, Outline

HOSTILE_INPUT = [
    {"near": "x" * 60_000},
    {"near": "\x00\x1b[2J\u202e"},
    {"words": SCRIPT},
    {"words": "' OR 1=1 --"},
    {"words": "%_\\"},
    {"what": "need:nothing"},
    {"what": "program:' OR 1=1"},
    {"plan": SCRIPT, "language": SCRIPT},
    {"page": "-1"},
    {"page": "9" * 500},
    {"page": "٣"},
    {"page": "1e9"},
    {"lang": "../../etc"},
    {"open_now": SCRIPT},
    {"near": "95354", "what": "need:food", "page": "999"},
    {"unknown": "x", "near": "😀😀"},
]


@pytest.mark.parametrize("params", HOSTILE_INPUT)
def test_hostile_input_gets_a_page(client: Callable[..., TestClient], params: dict[str, str]) -> None:
    answer = client(FULL, HOSTILE).get("/", params=params)
    assert answer.status_code == 200
    assert len(answer.text) < 80_000
    assert_safe(answer.text)


@pytest.mark.parametrize("path", ["/?near=95354", "/place/roster:hostile"])
def test_a_hostile_list_cannot_run_anything(client: Callable[..., TestClient], path: str) -> None:
    page = client(HOSTILE).get(path).text
    assert_safe(page)
    assert "&lt;script&gt;" in page
    assert "{{ 7 * 7 }}" in page


def assert_safe(page: str) -> None:
    """No script, no inline style, no event, no link that runs."""
    for tag, attrs in Outline(page).tags:
        assert tag not in ("style", "iframe", "object", "base")
        assert tag != "script" or attrs == {"src": "/static/look_up.js", "defer": None}
        assert tag != "img" or attrs.get("src") == "/static/bridge.svg"
        assert not any(name.startswith("on") or name == "style" for name in attrs)
        address = attrs.get("href") or "/"
        assert address.startswith(("/", "#", "tel:", "mailto:", "https://", "http://"))


def test_every_answer_carries_the_safety_headers(client: Callable[..., TestClient]) -> None:
    desk = client(FULL)
    for path in ("/", "/nowhere", "/static/desk.css"):
        headers = desk.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_only_this_machines_names_are_answered(client: Callable[..., TestClient]) -> None:
    answer = client(FULL).get("/", headers={"host": "evil.example.org"})
    assert answer.status_code == 400 and answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(client: Callable[..., TestClient], method: str) -> None:
    assert getattr(client(FULL), method)("/").status_code == 405


def test_what_breaks_is_a_sentence_and_the_log_holds_no_words(
    client: Callable[..., TestClient], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = client(FULL)
    (tmp_path / "directory.db").write_bytes(b"no database at all, but a file" * 100)
    answer = desk.get("/", params={"near": "95354", "words": "secretword"})
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("directory")]
    (line,) = ours
    assert line.startswith("desk.failed error=DatabaseError at directory/")
    assert "secretword" not in caplog.text
