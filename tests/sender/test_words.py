"""What a text that we begin says: one text, neutral, the clinic named, a way out, in both languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from directory.errors import SenderError
from directory.inbox import opt_outs, queue, quiet, who
from directory.model import Language, Need
from directory.sender import asking, consents, lists
from directory.sender.hours import ZONE
from directory.text import gsm
from directory.text.catalogue import keys, say
from tests.sender.conftest import SETTINGS, Clock, Sending, person

ANA = person(1)
WIDE = "W" * 20
BEGUN = ("later.day_3", "later.day_10", "later.list")
TOLD = {
    "food",
    "housing",
    "rent",
    "ride",
    "clinic visit",
    "comida",
    "vivienda",
    "renta",
    "viaje",
    "medi-cal",
    "calfresh",
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", BEGUN)
def test_one_text_of_160_letters_whatever_the_clinic_is_called(key: str, language: Language) -> None:
    said = say(key, language, name=WIDE, code="RIVER")
    assert gsm.encoding(said) == "GSM-7" and gsm.segments(said) == 1 and len(said) <= 160
    assert said.startswith(f"{WIDE}: ") and said.endswith("STOP")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", BEGUN)
def test_nothing_says_what_it_is_about(key: str, language: Language) -> None:
    said = say(key, language, name="Kite Health", code="RIVER").casefold()
    assert not [word for word in {*TOLD, *(need.value for need in Need)} if word in said.split()]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("day", [3, 10])
def test_the_four_answers_stand_in_the_question(day: int, language: Language) -> None:
    said = say(f"later.day_{day}", language, name="Kite Health")
    assert [figure for figure in "1234" if f" {figure} " in said] == list("1234")


def test_every_text_that_we_begin_is_looked_at_here() -> None:
    found = {key for key in keys(Language.EN) if key.startswith("later.")}
    assert found == {*BEGUN, "later.your_clinic"}


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (SETTINGS, "Kite Health: "),
        (SETTINGS.replace("short_name: Kite Health\n", ""), "Kite CHC: "),
        ("phone: 209-555-0140\n", "Su centro de salud: "),
    ],
)
def test_the_clinic_is_named_as_far_as_it_has_a_name(home: Path, settings: str, name: str) -> None:
    (home / "settings.yml").write_text(settings)
    assert asking.composed("later.day_3", Language.ES).startswith(name)


def test_accents_are_as_the_settings_say(home: Path) -> None:
    folding = SETTINGS.replace("sms: {", "sms: {accents: fold, ")
    assert "ú" in asking.composed("pause.closed", Language.ES).replace("á", "ú")
    (home / "settings.yml").write_text(folding)
    said = asking.composed("pause.closed", Language.ES)
    assert said.startswith("Este chat esta cerrado por ahora.") and gsm.encoding(said) == "GSM-7"


# A list that staff text to a number that they typed


def test_a_list_goes_out_with_recorded_consent(sending: Sending, clock: Clock, home: Path) -> None:
    made = lists.invite("(209) 555-0101", "RIVER", Language.ES, consent="at the desk", by="Ana Luna", now=clock())
    assert made.text.startswith("Kite Health: Ya puede leer la lista de que hablamos. Responda RIVER.")
    assert made.at == clock() and sending.run().sent == 1 and sending.twilio.to(ANA) == [made.text]
    line = next(consents.folder().glob("*.jsonl"))
    assert line.name == "2026-11.jsonl" and line.stat().st_mode & 0o777 == 0o600
    kept = line.read_text()
    assert "at the desk" in kept and "Ana Luna" in kept and who.conversation(ANA) in kept and "5550101" not in kept


def test_at_night_it_waits_for_the_morning(sending: Sending, clock: Clock) -> None:
    clock.at = clock().astimezone(ZONE).replace(hour=22)
    made = lists.invite(ANA, "RIVER", Language.EN, consent="on the phone", by="Ana", now=clock())
    assert made.at == (clock() + timedelta(hours=11)) and made.at.hour == 9
    assert sending.run().kept == "night"
    clock.at = made.at
    assert sending.run().sent == 1


def test_the_same_list_goes_to_a_number_once(sending: Sending, clock: Clock) -> None:
    lists.invite(ANA, "RIVER", Language.EN, consent="at the desk", by="Ana", now=clock())
    with pytest.raises(SenderError, match="not sent twice"):
        lists.invite("209.555.0101", "RIVER", Language.ES, consent="at the desk", by="Ben", now=clock())
    sending.run()
    assert len(sending.twilio.to(ANA)) == 1


REFUSED = [
    (ANA, "", "Ask the person"), (ANA, " x ", "Ask the person"), ("911", "at the desk", "no number"),
    ("+52 55 1234 5678", "at the desk", "no number"), ("209-555-0101 or 209-555-0102", "at the desk", "no number"),
    ("209-555-0101 ext 5", "at the desk", "no number"), ("Ana", "at the desk", "no number"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "consent", "says"), REFUSED)
def test_without_a_yes_or_a_number_nothing_waits(
    sending: Sending, clock: Clock, number: str, consent: str, says: str
) -> None:
    with pytest.raises(SenderError, match=says) as refused:
        lists.invite(number, "RIVER", Language.EN, consent=consent, by="Ana", now=clock())
    assert number not in str(refused.value) or number == "Ana"
    assert queue.counts()["waiting"] == 0 and not consents.folder().exists()


def test_staff_do_not_learn_why_no_text_goes_to_a_number(sending: Sending, clock: Clock) -> None:
    opt_outs.out(who.conversation(ANA), "word", clock())
    quiet.hush(who.conversation(person(2)), clock())
    told = set()
    for number in (ANA, person(2)):
        with pytest.raises(SenderError) as refused:
            lists.invite(number, "RIVER", Language.EN, consent="at the desk", by="Ana", now=clock())
        told.add(str(refused.value))
    assert told == {"No text is sent to that number. Read the code out, or print the list."}


def test_a_yes_that_cannot_be_kept_sends_nothing(sending: Sending, clock: Clock, home: Path) -> None:
    consents.folder().write_text("a file stands where the folder should be")
    with pytest.raises(SenderError, match="nothing is sent"):
        lists.invite(ANA, "RIVER", Language.EN, consent="at the desk", by="Ana", now=clock())
    assert queue.counts()["waiting"] == 0
