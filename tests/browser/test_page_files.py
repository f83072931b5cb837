"""What can be said of the chat page by reading its files, without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "bot" / "web"
FILES = sorted(path for path in WEB.iterdir() if path.suffix in {".html", ".css", ".js", ".svg"})
HTML = (WEB / "chat.html").read_text(encoding="utf-8")
PHONE = (WEB / "phone.js").read_text(encoding="utf-8")
SCRIPT = (WEB / "chat.js").read_text(encoding="utf-8") + PHONE
TEXTS: dict[str, dict[str, str]] = json.loads(
    re.search(r'<script type="application/json" id="texts">(.*?)</script>', HTML, re.S).group(1)  # type: ignore[union-attr]
)


def test_the_page_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FILES}
    phone = sum(size for name, size in sizes.items() if name.startswith("phone."))
    assert 0 < phone < 5_000, "what only ?as=sms loads"
    assert sum(sizes.values()) - phone < 60_000


@pytest.mark.parametrize("key", sorted(TEXTS["en"].keys() | TEXTS["es"].keys()))
def test_every_text_exists_in_both_languages_with_the_same_values(key: str) -> None:
    english, spanish = TEXTS["en"].get(key, ""), TEXTS["es"].get(key, "")
    assert english.strip() and spanish.strip()
    assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", spanish))


@pytest.mark.parametrize(("key", "shown"), re.findall(r'data-text="(\w+)"[^>]*>([^<]*)<', HTML))
def test_the_words_before_the_script_runs_are_the_english_ones(key: str, shown: str) -> None:
    assert shown == TEXTS["en"][key]


@pytest.mark.parametrize(
    "key", sorted({*re.findall(r'\bsay\("(\w+)"[,)]', SCRIPT), *re.findall(r'"(phone_\w+)"', PHONE)})
)
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
def test_no_address_of_another_host_but_the_way_out(path: Path) -> None:
    hosts = set(re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8")))
    assert hosts <= {"www.weather.gov", "www.w3.org"}
