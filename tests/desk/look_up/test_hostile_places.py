"""A list may hold anything in every field: the look-up and the page of a place show it as text, and stay whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from directory.model import Address, Phone
from tests.desk.listings import SCRIPT, listed
from tests.desk.test_safe import assert_safe

HOSTILE = (
    SCRIPT,
    "javascript:alert(1)",
    '"><img src=x onerror=alert(1)>',
    "x" * 10_000,
    "a\u202eb\u2066c",
    "{{ 7 * 7 }}",
)


@pytest.mark.parametrize("words", HOSTILE, ids=["script", "link", "picture", "long", "turned", "braces"])
def test_every_field_of_a_place_is_only_text(client: Callable[..., TestClient], words: str) -> None:
    one = listed(
        "odd", organization=words, description=words, url=words, email=words, hours_text=words, eligibility_text=words,
        fees_text=words, how_to_apply=words, documents=words, wait_list=words, alert=words,
        address=Address(words, words, "95354"), phones=(Phone("+12095550103", label=words),),
    )  # fmt: skip
    desk = client(one)
    for path in ("/?near=95354&what=need:food&plan=kaiser", "/place/roster:odd"):
        answer = desk.get(path)
        assert answer.status_code == 200 and len(answer.content) < 200_000
        assert_safe(answer.text)
        assert SCRIPT not in answer.text and ("{{" not in words or words in answer.text)
        assert "209-555-0103" in answer.text
