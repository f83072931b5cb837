"""Only Twilio is believed: its own vectors, what proxies do to an address, and forms that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from bot.sms import form, signature
from bot.sms.form import Form
from bot.sms.signature import Lacking
from tests.conftest import SAMPLES

FILE = SAMPLES / "sms" / "twilio_signature_vectors.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"vectors": []}
KIND = "application/x-www-form-urlencoded"
TOKEN = "0123456789abcdef0123456789abcdef"
FORM = Form((("Body", "hola ñ"), ("From", "+12095550100")))


def test_the_vectors_are_there() -> None:
    if not FILE.exists():
        pytest.skip("shared/samples/sms is not beside the project")
    assert len(VECTORS["vectors"]) == 7


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: str(vector["name"]))
def test_twilios_own_vectors(vector: dict[str, Any]) -> None:
    params = VECTORS["params"] if vector["params"] == "params" else vector["params"]
    pairs = params.items() if isinstance(params, dict) else params
    found = Form(tuple((name, value) for name, value in pairs))
    assert signature.signed(vector["url"], found, vector["signature"], VECTORS["auth_token"]) is vector["valid"]


def made(url: str, found: Form = FORM, token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, found))


@pytest.mark.parametrize(
    ("signed_for", "arrives", "believed"),
    [
        ("https://a.example.org/webhooks/sms/webhook", "/webhooks/sms/webhook", True),
        ("https://a.example.org/webhooks/sms/webhook/", "/webhooks/sms/webhook", True),
        ("https://a.example.org/webhooks/sms/webhook", "/webhooks/sms/webhook/", True),
        ("https://a.example.org:443/webhooks/sms/webhook", "/webhooks/sms/webhook", True),
        ("https://a.example.org/webhooks/sms/webhook?a=b&c=%20d", "/webhooks/sms/webhook?a=b&c=%20d", True),
        ("https://a.example.org/webhooks/sms/webhook/?a=b", "/webhooks/sms/webhook?a=b", True),
        ("https://a.example.org/webhooks/sms/webhook", "/webhooks/sms/webhook?a=b", False),
        ("http://a.example.org/webhooks/sms/webhook", "/webhooks/sms/webhook", False),
        ("https://b.example.org/webhooks/sms/webhook", "/webhooks/sms/webhook", False),
        ("https://a.example.org/webhooks/sms/other", "/webhooks/sms/webhook", False),
    ],
)
def test_the_address_that_counts_is_the_public_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, signed_for: str, arrives: str, believed: bool
) -> None:
    (home / "settings.yml").write_text("clinic: A\npublic_address: https://a.example.org/\n")
    monkeypatch.setenv("PUENTE_TWILIO_TOKEN", TOKEN)
    assert signature.genuine(arrives, FORM, made(signed_for)) is believed


def test_a_folder_before_the_path_belongs_to_the_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "settings.yml").write_text("clinic: A\npublic_address: https://a.example.org:8443/puente\n")
    monkeypatch.setenv("PUENTE_TWILIO_TOKEN", TOKEN)
    assert signature.genuine(
        "/webhooks/sms/webhook", FORM, made("https://a.example.org:8443/puente/webhooks/sms/webhook")
    )
    assert signature.genuine("/webhooks/sms/webhook", FORM, made("https://a.example.org/puente/webhooks/sms/webhook"))


@pytest.mark.parametrize("given_one", ["", "x", "é" * 28, "A" * 28, "A" * 10_000])
def test_another_signature_is_not_believed(home: Path, monkeypatch: pytest.MonkeyPatch, given_one: str) -> None:
    monkeypatch.setenv("PUENTE_TWILIO_TOKEN", TOKEN)
    assert not signature.genuine("/webhooks/sms/webhook", FORM, given_one)


def test_without_a_token_or_an_address_nobody_is_believed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUENTE_TWILIO_TOKEN", raising=False)
    right = made("https://puente.example.org/webhooks/sms/webhook")
    assert signature.lacking() is Lacking.TOKEN and not signature.genuine("/webhooks/sms/webhook", FORM, right)
    (home / "twilio.token").write_text(f"{TOKEN}\n")
    assert signature.lacking() is None and signature.genuine("/webhooks/sms/webhook", FORM, right)
    (home / "settings.yml").write_text("clinic: A\n")
    assert signature.lacking() is Lacking.ADDRESS and not signature.genuine("/webhooks/sms/webhook", FORM, right)
    assert not signature.genuine("/webhooks/sms/webhook", FORM, made("/webhooks/sms/webhook"))


@pytest.mark.parametrize(
    ("body", "kind", "charset"),
    [
        (b"Body=hi", "application/json", None), (b"Body=hi", "", None), (b"Body=hi", KIND, "utf-16"),
        (b"Body=hi", KIND, "nonsense"), (b"Body=\xff", KIND, None), (b"Body=%ff", KIND, None),
        (b"&".join(b"a%d=1" % number for number in range(5000)), KIND, None),
    ],
)  # fmt: skip
def test_what_is_no_form_of_twilios_is_none(body: bytes, kind: str, charset: str | None) -> None:
    assert form.read(body, kind, charset) is None


def test_letters_come_as_they_were_written() -> None:
    found = form.read(b"Body=%C2%BFd%C3%B3nde%3F+%F0%9F%91%8D&Empty=&Body=2", KIND, "UTF-8")
    assert found is not None and found.get("Body") == "¿dónde? 👍" and found.getall("Body") == ["¿dónde? 👍", "2"]
    assert found.getall("Empty") == [""] and found.get("None") == "" and len(found) == 3
    old = form.read(b"Body=a%F1o", KIND, "iso-8859-1")
    assert old is not None and old.get("Body") == "año"


@given(st.binary(max_size=400), st.sampled_from([KIND, "text/plain"]), st.sampled_from([None, "utf-8", "us-ascii"]))
def test_any_bytes_are_a_form_or_none(body: bytes, kind: str, charset: str | None) -> None:
    found = form.read(body, kind, charset)
    assert found is None or all(isinstance(name, str) for name in found)
    assert not signature.signed("https://a.example.org/x", found or FORM, "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", TOKEN)
