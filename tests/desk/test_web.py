"""What a list or a person wrote becomes a link only when it leads to the web."""

from __future__ import annotations

import pytest

from directory.desk.web import web


@pytest.mark.parametrize(
    "text", ["https://kite.example.org/a?b=c", "http://kite.example.org", "HTTPS://kite.example.org"]
)
def test_an_address_of_the_web_is_a_link(text: str) -> None:
    assert web(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "kite.example.org", "http://[", "//"],
)
def test_anything_else_is_only_text(text: str) -> None:
    assert web(text) == ""
