"""What can be said of the chat page by reading its files, without a browser."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from bot import pages

WEB = Path(__file__).resolve().parents[2] / "bot" / "web"
FILES = sorted(path for path in WEB.rglob("*") if path.suffix in {".html", ".css", ".js", ".svg"})
PARTS = sorted((WEB / "js").glob("*.js"))
HTML = (WEB / "chat.html").read_text(encoding="utf-8")
PHONE = (WEB / "phone.js").read_text(encoding="utf-8")
SCRIPT = "\n".join(path.read_text(encoding="utf-8") for path in PARTS) + PHONE
FIRST_VISIT = ("chat.html", "chat.css", "chat.js", "icon.svg")
TEXTS: dict[str, dict[str, str]] = json.loads(
    re.search(r'<script type="application/json" id="texts">(.*?)</script>', HTML, re.S).group(1)  # type: ignore[union-attr]
)


def served(name: str, accepts: str | None = None) -> pages.File:
    found = pages.file(name, None, accepts)
    assert found is not None, name
    return found


def test_a_first_visit_is_small() -> None:
    assert sum(len(served(name, "gzip, br").body) for name in FIRST_VISIT) < 25_000
    assert sum(len(served(name).body) for name in FIRST_VISIT) < 90_000
    phone = [served(name).body for name in ("phone.css", "phone.js")]
    assert 0 < sum(map(len, phone)) < 5_000, "what only ?as=sms loads"


@pytest.mark.parametrize("name", FIRST_VISIT)
def test_a_file_is_packed_for_who_can_read_that_and_only_for_them(name: str) -> None:
    plain, packed = served(name), served(name, "gzip, deflate")
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = pages.file(name, packed.headers["ETag"], "gzip")
    assert again is not None and (again.status, again.body) == (304, b"")


def test_a_picture_is_not_packed_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "settings.yml").write_text("clinic: Kite Health\nlogo: logo.png\n", "utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    logo = served("logo", "gzip")
    assert logo.headers["Content-Type"] == "image/png" and "Content-Encoding" not in logo.headers


def test_every_part_of_the_script_is_served_once() -> None:
    script = served("chat.js").body.decode()
    assert sorted(pages.SCRIPT) == [path.stem for path in PARTS]
    for path in PARTS:
        for name in re.findall(r"^(?:async )?function (\w+)", path.read_text("utf-8"), re.M):
            assert len(re.findall(rf"function {name}\(", script)) == 1, name


@pytest.mark.parametrize("newer", [r"`", r"\?\.[a-z(\[]", r"\?\?", r"\.\.\.[a-z]", r"catch \{", r"\.flatMap\(|\.at\("])
def test_old_phones_can_run_the_script(newer: str) -> None:
    assert not re.search(newer, served("chat.js").body.decode())


@pytest.mark.parametrize("key", sorted(TEXTS["en"].keys() | TEXTS["es"].keys()))
def test_every_text_exists_in_both_languages_with_the_same_values(key: str) -> None:
    english, spanish = TEXTS["en"].get(key, ""), TEXTS["es"].get(key, "")
    assert english.strip() and spanish.strip()
    assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", spanish))


@pytest.mark.parametrize(("key", "shown"), re.findall(r'data-text="(\w+)"[^>]*>([^<]*)<', HTML))
def test_the_words_before_the_script_runs_are_the_english_ones(key: str, shown: str) -> None:
    assert shown == TEXTS["en"][key]


SAID = (r'\b(?:say|opened)\("(\w+)"[,)]', r'\bdetail\(list, "(\w+)"', r'"(phone_\w+)"')


@pytest.mark.parametrize("key", sorted({key for pattern in SAID for key in re.findall(pattern, SCRIPT)}))
def test_every_text_the_script_says_exists(key: str) -> None:
    assert key in TEXTS["en"]


@pytest.mark.parametrize(
    "way", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"]
)
def test_nothing_from_outside_becomes_markup(way: str) -> None:
    assert way not in SCRIPT


@pytest.mark.parametrize("pattern", [r"\sstyle=", r"\son\w+=", r"<script(?![^>]*(src=|application/json))", r"<style"])
def test_no_inline_script_or_style(pattern: str) -> None:
    assert not re.search(pattern, HTML)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_address_of_another_host_but_the_way_out_and_the_map(path: Path) -> None:
    hosts = set(re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8")))
    assert hosts <= {"www.weather.gov", "www.w3.org", "www.google.com"}
