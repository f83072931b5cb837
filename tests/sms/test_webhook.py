"""The webhook as Twilio meets it: a real door, signed forms, each text answered once, orders obeyed at once."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import sessions
from bot.sms import form
from directory import keys, pause
from directory.inbox import opt_outs, quiet, who
from tests.sms.conftest import Phone, sid, texts_in
from tests.up.conftest import TOKEN, Door, RequestValidator

NOW = datetime(2026, 11, 22, tzinfo=timezone.utc)
TURN = "/webhooks/sms/turn"


def inside(door: Door, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PUENTE_HOME", str(door.home))


def heard(door: Door) -> list[dict[str, object]]:
    return [json.loads(sent) for path, _, sent in door.assistant.heard if path == TURN]


# Who is believed


@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "A" * 28}])
def test_nobody_else_is_heard_and_nothing_of_them_is_kept(door: Door, headers: dict[str, str]) -> None:
    before = sorted(path.name for path in door.home.iterdir())
    for body in ({"Body": "I need food", "From": "+12095550142", "MessageSid": sid()}, {}):
        address = door.url.replace("/web/", "/sms/webhook")
        answer = requests.post(address, data=body, headers=headers, timeout=20)
        assert (answer.status_code, answer.content) == (403, b"")
    assert not door.assistant.heard and sorted(path.name for path in door.home.iterdir()) == before


def test_what_reaches_the_assistant_is_signed_and_holds_no_number(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert phone.text("I need food in Modesto") == ["Food near Modesto"]
    inside(phone.door, monkeypatch)
    path, headers, sent = phone.door.assistant.heard[-1]
    (turn,) = heard(phone.door)
    assert path == TURN and phone.number[1:].encode() not in sent
    assert turn["who"] == who.conversation(phone.number) and turn["text"] == "I need food in Modesto"
    assert who.unseal(str(turn["reach"])) == phone.number
    assert headers["X-Puente-Door"] == hmac.new(keys.derived("door"), sent, hashlib.sha256).hexdigest()


FORMS = st.one_of(
    st.binary(max_size=300),
    st.dictionaries(
        st.sampled_from(["Body", "From", "MessageSid", "NumMedia", "OptOutType", "x"]), st.text(max_size=40), max_size=6
    ).map(lambda fields: urlencode(fields, errors="replace").encode()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FORMS, st.booleans(), st.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data", "x", ""]))
def test_any_form_is_answered_or_refused(door: Door, body: bytes, signed: bool, kind: str) -> None:
    fields = form.read(body, "application/x-www-form-urlencoded", None)
    signature = RequestValidator(TOKEN).compute_signature("https://puente.example.org/webhooks/sms/webhook", fields)
    headers = {"Content-Type": kind, "X-Twilio-Signature": signature if signed else "x"}
    answer = requests.post(door.url.replace("/web/", "/sms/webhook"), data=body, headers=headers, timeout=20)
    assert answer.status_code in (200, 400, 403)
    if answer.status_code == 200:
        assert signed and ElementTree.fromstring(answer.content).tag == "Response"


def test_too_much_or_too_many_fields_are_refused(door: Door) -> None:
    address, some = door.url.replace("/web/", "/sms/webhook"), {"X-Twilio-Signature": "A" * 28}
    assert requests.post(address, data={"Body": "x" * 100_000}, headers=some, timeout=20).status_code == 413
    many = {f"a{number}": "" for number in range(3000)}
    assert requests.post(address, data=many, headers=some, timeout=20).status_code == 403


@pytest.mark.parametrize("path", ["", "turn", "webhook/x", "nothing", "fallback/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_else_is_there(door: Door, method: str, path: str) -> None:
    answer = requests.request(method, door.url.replace("/web/", f"/sms/{path}"), data="x", timeout=20)
    assert answer.status_code == 404 and set(answer.json()["error"]) == {"en", "es"}
    assert not door.assistant.heard


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_fallback_address_needs_nothing_and_names_who_answers(door: Door, method: str) -> None:
    door.assistant.does = "hangs"
    answer = requests.request(method, door.url.replace("/web/", "/sms/fallback"), data={"Body": "x"}, timeout=20)
    english, spanish = texts_in(answer)
    assert all(line in text for line in ("911", "988", "211") for text in (english, spanish)) and "Peligro" in spanish


# What comes first


def test_the_first_message_comes_once_before_the_answer_and_after_danger(phone: Phone) -> None:
    assistant = phone.door.assistant
    assistant.tells = {"first": True, "language": "es"}
    first, answer = phone.text("necesito comida")
    assert first.startswith("Sunrise: contesta un programa") and answer == "Food near Modesto"
    danger = {"text": "Call 988.", "custom": {"kind": "crisis", "crisis": "self_harm"}}
    assistant.tells = {"first": True, "language": "en", "messages": [danger, {"text": "After.", "custom": {}}]}
    called, first, after = phone.text("I want to die")
    assert called == "Call 988." and "automated" in first and after == "After."
    assistant.tells = {"first": True, "language": None}
    assert "nobody reads" in phone.text("95354")[0] and "nadie lo lee" in phone.text("95354")[0]
    assistant.tells = {"first": False}
    assert phone.text("more") == ["Food near Modesto"]


@pytest.mark.parametrize("word", ["STOP", "end", "CANCEL", "alto", "no me escriban", "stop texting me"])
def test_stop_is_confirmed_once_and_then_nothing_goes_until_start(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    (confirmed,) = phone.text(word)
    assert "START" in confirmed or "COMENZAR" in confirmed
    for more in (word, "HELP", "I need food", "necesito comida", "LANG", "RESET"):
        assert phone.text(more) == []
    assert not heard(phone.door)
    inside(phone.door, monkeypatch)
    assert opt_outs.is_out(who.conversation(phone.number))
    assert all(line in " ".join(phone.text("I want to kill myself")) for line in ("988", "911"))
    (back,) = phone.text("yes")
    assert "STOP" in back and not opt_outs.is_out(who.conversation(phone.number))
    assert phone.text("I need food") == ["Food near Modesto"]


def test_danger_and_stop_in_one_message_are_both_heard(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    said = phone.text("stop texting me i want to die")
    assert "988" in said[0] and "START" in said[-1]
    inside(phone.door, monkeypatch)
    assert opt_outs.is_out(who.conversation(phone.number))


def test_who_says_stop_to_blows_hears_whom_to_call_and_is_answered_on(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.door.assistant.tells = {"messages": [{"text": "Answer STOP.", "custom": {"kind": "opt_out"}}]}
    (said,) = phone.text("STOP hitting me")
    assert "911" in said and "1-800-799-7233" in said
    inside(phone.door, monkeypatch)
    conversation = who.conversation(phone.number)
    assert quiet.is_quiet(conversation) and not opt_outs.is_out(conversation)
    phone.door.assistant.tells = {}
    assert phone.text("I need a shelter tonight")[-1] == "Food near Modesto"


def test_where_twilio_has_answered_it_is_kept_and_nothing_is_said(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(phone.door, monkeypatch)
    conversation = who.conversation(phone.number)
    assert phone.text("Arrêt", OptOutType="STOP") == [] and opt_outs.is_out(conversation)
    assert phone.text("START", OptOutType="START") == [] and not opt_outs.is_out(conversation)
    assert phone.text("HELP", OptOutType="HELP") == [] and not heard(phone.door)


def test_help_names_the_clinic_and_whom_to_call(phone: Phone) -> None:
    for word in ("HELP", "info", "AYUDA"):
        (said,) = phone.text(word)
        assert all(part in said for part in ("Sunrise", "209-555-0123", "911", "988", "211"))
    assert not heard(phone.door)


def test_a_picture_is_told_apart_and_nothing_is_fetched(phone: Phone) -> None:
    more = {"NumMedia": "1", "MediaUrl0": phone.door.url, "MediaContentType0": "image/jpeg"}
    (only,) = phone.text("", **more)
    assert "pictures" in only and not heard(phone.door)
    beside, answer = phone.text("I need food", **more)
    assert "pictures" in beside and answer == "Food near Modesto"


def test_lang_is_answered_with_where_other_languages_are(phone: Phone) -> None:
    assert phone.text("LANG")[-1] == "Other languages: call 211. It is free, at any hour."


def test_a_report_on_a_sent_text_or_a_form_without_a_sender_is_nothing(phone: Phone) -> None:
    assert texts_in(phone.deliver({"MessageSid": sid(), "MessageStatus": "delivered"})) == []
    assert texts_in(phone.door.texted({"Body": "food", "MessageSid": sid()})) == []
    assert not heard(phone.door)


# Where there is no answer


@pytest.mark.parametrize("does", ["fails", "says nothing", "talks too much", "has no words", "nests", "speaks no JSON"])
def test_whatever_breaks_behind_it_orders_are_obeyed_and_danger_is_answered(phone: Phone, does: str) -> None:
    phone.door.assistant.does = does
    (english,) = phone.text("I need food please")
    (spanish,) = phone.text("Necesito comida por favor")
    assert english.startswith("I cannot answer right now") and spanish.startswith("No puedo contestar")
    assert all(line in text for line in ("911", "988", "211", "209-555-0123") for text in (english, spanish))
    danger, sentence = phone.text("quiero matarme")
    assert "988" in danger and sentence.startswith("No puedo contestar")
    assert "Sunrise" in phone.text("HELP")[0] and "START" in phone.text("STOP")[0]


def test_while_paused_the_same(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    inside(phone.door, monkeypatch)
    pause.pause('Closed: "storm" & flood', None, "ana", NOW)
    (said,) = phone.text("I need food please")
    assert said.startswith('Closed: "storm" & flood.') and "911" in said
    danger, _ = phone.text("I want to die")
    assert "988" in danger and "Sunrise" in phone.text("HELP")[0]
    assert "START" in phone.text("STOP")[0] and phone.text("hello") == [] and "STOP" in phone.text("START")[0]
    assert not heard(phone.door)


def test_too_many_at_the_assistant_is_said_and_danger_first(phone: Phone) -> None:
    phone.door.assistant.does = "is busy"
    assert phone.text("I need food please")[0].startswith("Too many people are texting")
    assert "988" in phone.text("quiero matarme")[0]


def test_too_many_from_one_number_get_one_honest_text_then_silence(phone: Phone) -> None:
    said = [phone.text(f"food {number}") for number in range(16)]
    assert said[:12] == [["Food near Modesto"]] * 12 and "faster than I can answer" in said[12][0]
    assert said[13:] == [[], [], []]
    assert phone.text("I want to kill myself") == ["Food near Modesto"]  # the assistant's own words
    assert "Sunrise" in phone.text("HELP")[0] and "START" in phone.text("STOP")[0]
    assert Phone(phone.door, "+12095559999").text("food") == ["Food near Modesto"]


# The page that plays a phone


def test_the_page_as_a_phone_gets_the_same_texts_counted(door: Door) -> None:
    session = door.session()
    door.assistant.tells = {"language": "es"}

    def say(message: str) -> list[dict[str, object]]:
        body = {"session": session, "message": message, "as": "sms", "language": "es"}
        answer = requests.post(f"{door.url}message", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, object]] = answer.json()["messages"]
        return found

    (one,) = say("comida")
    assert (one["text"], one["segments"], one["encoding"]) == ("Food near Modesto", 1, "GSM-7")
    assert heard(door)[0]["who"] != session and heard(door)[0]["language"] == "es"
    (stopped,) = say("STOP")
    assert "COMENZAR" in str(stopped["text"]) and say("comida") == []
    other = {"session": "x", "message": "hi", "as": "sms"}
    assert requests.post(f"{door.url}message", json=other, timeout=20).status_code == 401


@pytest.mark.parametrize("demo", [True, False])
def test_a_page_that_plays_a_phone_leaves_staff_something_in_the_demo_alone(
    door: Door, monkeypatch: pytest.MonkeyPatch, demo: bool
) -> None:
    kept = (door.home / "settings.yml").read_text("utf-8")
    inside(door, monkeypatch)
    session = door.session()
    played = sessions.conversation_id(session)

    def say(words: str) -> list[str]:
        body = {"session": session, "message": words, "as": "sms"}
        messages = requests.post(f"{door.url}message", json=body, timeout=20).json()["messages"]
        return [message["text"] for message in messages]

    (door.home / "settings.yml").write_text(f"{kept}demo: true\n" if demo else kept, encoding="utf-8")
    try:
        assert say("comida") and len(say("STOP")) == 1 and say("comida") == []
        assert opt_outs.is_out(played) is demo
        assert len(say("START")) == 1 and say("comida") and not opt_outs.is_out(played)
    finally:
        (door.home / "settings.yml").write_text(kept, encoding="utf-8")
    reach = str(heard(door)[-1]["reach"])
    assert (who.unseal(reach) == f"sim:{played}") if demo else not reach


def test_health_says_whether_texts_can_come(door: Door) -> None:
    assert requests.get(f"{door.url}health", timeout=20).json()["sms"] == "ready"


# Each text once


def test_a_text_that_comes_again_is_answered_once(phone: Phone) -> None:
    body = {"Body": "more", "MessageSid": sid()}
    said = [texts_in(phone.deliver(body)) for _ in range(3)]
    assert said == [["Food near Modesto"], [], []] and len(heard(phone.door)) == 1


def test_a_text_that_comes_again_under_way_is_answered_once(phone: Phone) -> None:
    phone.door.assistant.does = "thinks"
    body = {"Body": "more", "MessageSid": sid()}
    said: list[list[str]] = []
    both = [threading.Thread(target=lambda: said.append(texts_in(phone.deliver(body)))) for _ in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert sorted(said) == [[], [], [], ["Food near Modesto"]] and len(heard(phone.door)) == 1


def test_who_went_before_the_answer_came_gets_it_the_next_time(phone: Phone) -> None:
    phone.door.assistant.does = "thinks"
    body = {"Body": "more", "MessageSid": sid(), "From": phone.number}
    signature = RequestValidator(TOKEN).compute_signature("https://puente.example.org/webhooks/sms/webhook", body)
    with pytest.raises(requests.Timeout):
        requests.post(
            phone.door.url.replace("/web/", "/sms/webhook"), data=body,
            headers={"X-Twilio-Signature": signature}, timeout=0.2,
        )  # fmt: skip
    assert texts_in(phone.door.texted(body)) == ["Food near Modesto"]
    time.sleep(1.2)
    assert texts_in(phone.door.texted(body)) == [] and len(heard(phone.door)) == 1


def test_the_token_of_a_delivery_counts_too(phone: Phone) -> None:
    token = {"I-Twilio-Idempotency-Token": f"token-{sid()}"}
    body = {"Body": "more", "From": phone.number}
    assert texts_in(phone.door.texted(body, **token)) == ["Food near Modesto"]
    assert texts_in(phone.door.texted(body, **token)) == []
    another = {**body, "Body": "more, please"}
    assert texts_in(phone.door.texted(another)) == ["Food near Modesto"]


def test_an_id_hidden_in_another_field_makes_no_new_text_of_one_that_was_signed(phone: Phone) -> None:
    body = {"Body": "more", "From": phone.number, "FromZip": "95354", "MessageSid": sid()}
    assert len(texts_in(phone.door.texted(body))) == 1
    hidden = {"Body": "more", "From": phone.number, "FromZip": f"95354MessageSid{body['MessageSid']}"}
    assert RequestValidator(TOKEN).compute_signature("", body) == RequestValidator(TOKEN).compute_signature("", hidden)
    assert texts_in(phone.door.texted(hidden)) == [] and len(heard(phone.door)) == 1


def test_a_door_that_was_killed_answers_twilios_next_try_once(phone: Phone) -> None:
    done = {"Body": "more", "MessageSid": sid()}
    assert len(texts_in(phone.deliver(done))) == 1
    phone.door.assistant.does = "thinks"
    cut = {"Body": "more", "MessageSid": sid()}
    failed: list[bool] = []

    def first() -> None:
        try:
            phone.deliver(cut)
        except requests.ConnectionError:
            failed.append(True)

    waiting = threading.Thread(target=first)
    waiting.start()
    while len(heard(phone.door)) < 2:
        time.sleep(0.01)
    phone.door.process.kill()
    phone.door.process.wait(20)
    waiting.join(20)
    phone.door.start()
    assert failed and texts_in(phone.deliver(cut)) == ["Food near Modesto"]
    assert texts_in(phone.deliver(cut)) == [] and texts_in(phone.deliver(done)) == []
    assert len({turn["id"] for turn in heard(phone.door)[1:]}) == 1  # so the assistant gives the same answer again


def test_no_number_and_no_words_are_written_anywhere(phone: Phone) -> None:
    word = "zanahoria7391verde"
    phone.text(f"necesito comida {word}")
    phone.door.assistant.does = "fails"
    for text in (f"food {word}", f"stop texting me {word}", f"{word} I want to die", "START", word * 400):
        phone.text(text)
    number = phone.number[-10:].encode()
    written = [path for path in Path(phone.door.home).rglob("*") if path.is_file()]
    assert written and not [path.name for path in written if word.encode() in path.read_bytes()]
    assert not [path.name for path in written if number in path.read_bytes()]
