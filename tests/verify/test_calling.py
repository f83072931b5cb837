"""One call: answers kept one by one, corrections by hand, and a day of checking only when nothing is left open."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from directory.errors import EntryError, VerifyError
from directory.model import Capacity, Listing
from directory.publication.publish import publish
from directory.sync import decisions, hand, stage
from directory.sync.lock import alone
from directory.verify import calling, marks
from directory.verify.fields import Field, asked, entered_now, may_be_same, shown
from tests.verify.conftest import ANA, LUIS, NOW, PLACE, published

LATER = NOW + timedelta(minutes=5)


def says_yes_to_all(record: Listing, *, but: tuple[Field, ...] = ()) -> None:
    for field in asked(record):
        if field in but:
            continue
        said = "same" if may_be_same(field, record) else "other"
        calling.answer(record, field, said, {"capacity": "open"} if said == "other" else {}, ANA, NOW)


def staged() -> dict[str, object]:
    with stage.open_work() as work:
        return dict(hand.shown(work, PLACE)[1])


def test_all_confirmed_is_checked_today_and_people_see_it_after_the_publication(home: Path) -> None:
    before = published()
    calling.start(PLACE, ANA, NOW)
    says_yes_to_all(before)
    assert calling.finish(before, ANA, NOW) == ()
    assert published().assured_on == before.assured_on
    publish(NOW, who="Ana")
    assert published().assured_on == NOW.date()
    assert published().capacity is Capacity.OPEN and published().capacity_by == "Ana Rivera"
    assert published().phones == before.phones


@pytest.mark.parametrize("left", [Field.HOURS, Field.LANGUAGES, Field.CAPACITY])
def test_one_thing_not_said_and_the_day_does_not_rise_but_what_was_said_is_kept(home: Path, left: Field) -> None:
    before = published()
    says_yes_to_all(before, but=(left,))
    calling.answer(before, left, "unsaid", {}, ANA, NOW)
    assert calling.finish(before, ANA, NOW) == (left,)
    assert staged().get("assured_on") == (before.assured_on.isoformat() if before.assured_on else None)
    assert marks.out(NOW.date())[PLACE].how == "partly"
    fixed = {Field.HOURS: {"hours_text": "Mon-Fri 9am-1pm"}, Field.LANGUAGES: {"languages": "inglés"}}
    calling.answer(before, left, "other", fixed.get(left, {"capacity": "full"}), LUIS, LATER)
    assert calling.finish(before, LUIS, LATER) == ()
    assert staged()["assured_on"] == NOW.date().isoformat()


def test_a_correction_outranks_the_lists_and_bears_who_and_when(home: Path) -> None:
    calling.answer(published(), Field.HOURS, "other", {"hours_text": "Mon-Fri 9am-1pm"}, ANA, NOW)
    assert staged()["hours_text"] == "Mon-Fri 9am-1pm"
    made = marks.answers(PLACE, NOW)[Field.HOURS]
    assert (made.said, made.caller, made.at, made.how, made.waits) == ("other", ANA, NOW, "phone", False)
    publish(NOW, who="Ana")
    assert published().hours_text == "Mon-Fri 9am-1pm"


@pytest.mark.parametrize(
    ("field", "entered"),
    [
        (Field.PHONE, {"phones": "555-0199"}),
        (Field.LANGUAGES, {"languages": "klingonish"}),
        (Field.ADDRESS, {"postal_code": "00000"}),
        (Field.SERVICES, {"topics": "<script>alert(1)</script>"}),
    ],
)
def test_what_cannot_be_read_changes_nothing(home: Path, field: Field, entered: dict[str, str]) -> None:
    before = staged()
    with pytest.raises(EntryError, match="Nothing was saved"):
        calling.answer(published(), field, "other", entered, ANA, NOW)
    assert staged() == before and marks.answers(PLACE, NOW) == {}


def test_nothing_written_is_no_correction_but_no_street_is_one(home: Path) -> None:
    with pytest.raises(VerifyError, match="Write what they say"):
        calling.answer(published(), Field.HOURS, "other", {"hours_text": " "}, ANA, NOW)
    calling.answer(published(), Field.ADDRESS, "other", {}, ANA, NOW)
    assert "address" not in staged()


def test_a_yes_after_a_correction_puts_back_what_was_shown(home: Path) -> None:
    before = published()
    calling.answer(before, Field.HOURS, "other", {"hours_text": "Sun 1pm-2pm"}, ANA, NOW)
    calling.answer(before, Field.HOURS, "same", {}, ANA, LATER)
    assert staged()["hours_text"] == before.hours_text


def test_a_yes_counts_only_for_what_is_still_shown(home: Path) -> None:
    before = published()
    calling.answer(before, Field.HOURS, "same", {}, ANA, NOW)
    assert Field.HOURS not in calling.left(before, NOW)
    with alone(), stage.open_work() as work:
        known, base = hand.shown(work, PLACE)
        hand.edit(work, known, base, {"hours_text": "Sat 1pm-2pm"}, who="List", now=NOW)
    publish(NOW, who="Ana")
    assert Field.HOURS in calling.left(published(), LATER)
    assert shown(Field.HOURS, published()) != shown(Field.HOURS, before)


def test_a_correction_waits_while_a_list_is_read_and_goes_in_with_the_next_step(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "_PATIENCE", 0)
    with alone():
        calling.answer(published(), Field.HOURS, "other", {"hours_text": "Mon-Fri 9am-1pm"}, ANA, NOW)
    assert marks.waiting() == (PLACE,) and staged()["hours_text"] != "Mon-Fri 9am-1pm"
    calling.answer(published(), Field.CAPACITY, "other", {"capacity": "full"}, ANA, LATER)
    assert marks.waiting() == () and staged()["hours_text"] == "Mon-Fri 9am-1pm" and staged()["capacity"] == "full"


def test_two_people_do_not_call_the_same_place(home: Path) -> None:
    calling.start(PLACE, ANA, NOW)
    with pytest.raises(VerifyError, match="Ana Rivera opened this call first, at 10:00:00 AM"):
        calling.start(PLACE, LUIS, LATER)
    with pytest.raises(VerifyError, match="Ana Rivera"):
        calling.answer(published(), Field.NAME, "same", {}, LUIS, LATER)
    with pytest.raises(VerifyError, match="Ana Rivera"):
        calling.skip(PLACE, "no_answer", LUIS, LATER)
    assert marks.answers(PLACE, LATER) == {} and marks.out(NOW.date()) == {}
    calling.start(PLACE, LUIS, LATER, over=True)
    with pytest.raises(VerifyError, match="Luis Rivera"):
        calling.answer(published(), Field.NAME, "same", {}, ANA, LATER)


def test_a_call_left_for_20_minutes_is_free_and_a_step_keeps_it(home: Path) -> None:
    calling.start(PLACE, ANA, NOW)
    calling.answer(published(), Field.NAME, "same", {}, ANA, NOW + timedelta(minutes=15))
    assert marks.holds(NOW + timedelta(minutes=30))[PLACE].caller == ANA
    calling.start(PLACE, LUIS, NOW + timedelta(minutes=36))
    assert marks.holds(NOW + timedelta(minutes=36))[PLACE].caller == LUIS


@pytest.mark.parametrize(
    ("reason", "again"), [("no_answer", 1), ("wrong_number", 7), ("refused", 90), ("closed", 7), ("later", 3)]
)
def test_a_place_that_is_skipped_comes_back_on_its_day(home: Path, reason: str, again: int) -> None:
    until = NOW.date() + timedelta(days=again)
    assert calling.skip(PLACE, reason, ANA, NOW, until=date(2026, 11, 26)) == until
    made = marks.out(NOW.date())[PLACE]
    assert (made.how, made.caller, made.at) == (reason, ANA, NOW)
    assert PLACE in marks.out(until - timedelta(days=1)) and PLACE not in marks.out(until)


@pytest.mark.parametrize("until", [None, date(2026, 11, 23), date(2026, 11, 20), date(2027, 6, 1)])
def test_call_later_needs_a_day_to_come(home: Path, until: date | None) -> None:
    with pytest.raises(VerifyError, match="which day"):
        calling.skip(PLACE, "later", ANA, NOW, until=until)
    with pytest.raises(VerifyError, match="Say why"):
        calling.skip(PLACE, "because", ANA, NOW)
    assert marks.out(NOW.date()) == {}


def test_closed_for_good_is_a_decision_and_the_place_goes_with_the_publication(home: Path) -> None:
    calling.close(published(), ANA, NOW)
    with stage.open_work() as work:
        [made] = decisions.in_force(work, today=NOW.date())
    assert (made.kind, made.listing_id, made.who) == (decisions.Kind.CLOSED, PLACE, "Ana Rivera")
    assert "called on 2026-11-23" in made.why


def test_nothing_asked_ends_no_call(home: Path) -> None:
    with pytest.raises(VerifyError, match="Nothing was asked yet"):
        calling.finish(published(), ANA, NOW)


def test_a_confidential_place_is_never_asked_where_it_is(home: Path) -> None:
    with closing(sqlite3.connect(home / "directory.db")) as db:
        id = db.execute("SELECT id FROM listing WHERE confidential = 1 ORDER BY id").fetchone()[0]
    record = published(id)
    assert Field.ADDRESS not in asked(record) and len(asked(record)) == 7
    with pytest.raises(VerifyError, match="not asked of that place"):
        calling.answer(record, Field.ADDRESS, "other", {"address_1": "1 Oak St"}, ANA, NOW)
    assert json.loads(shown(Field.ADDRESS, record))["address_1"] == "" and entered_now(Field.NAME, record)["name"]
