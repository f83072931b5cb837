"""One listing out of many rows: which value is shown, and that no other is lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from directory.publication.merge import Row, merge
from directory.sync.decisions import Decision, Kind
from directory.tables import Entry

from .conftest import NOW, draft

OLD, NEW = "2026-10-01", "2026-11-10"


def row(
    source: str, *, as_of: str = "2026-11-01", fields: str | None = None, changed_on: str = "2026-11-02", **said: Any
) -> Row:
    plain = draft(source, "1", **said)
    plain["provenance"]["as_of"] = as_of
    return Row(source, "1", plain, changed_on, frozenset(fields.split()) if fields else None)


def merged(*rows: Row, decisions: tuple[Decision, ...] = ()) -> Entry:
    entry = merge("a:1", rows, decisions)
    assert entry is not None
    assert merge("a:1", rows[::-1], decisions) == entry, "the order of the rows counts"
    return entry


def decision(kind: Kind, **more: Any) -> Decision:
    return Decision(kind, "a:1", "ana", "called", NOW, **more)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        pytest.param(
            [("a", "Old text", {}), ("b", "New text", {}), ("c", "new TEXT.", {})], "New text", id="most lists"
        ),
        pytest.param([("a", "One", {"as_of": OLD}), ("b", "Two", {"as_of": NEW})], "Two", id="newer list"),
        pytest.param(
            [("a", "One", {"as_of": OLD, "assured_on": NEW}), ("b", "Two", {"as_of": NEW})], "One", id="checked"
        ),
        pytest.param([("a", "One", {}), ("b", "Two", {})], "One", id="its own first list"),
        pytest.param([("b", "Two", {}), ("c", "Three", {})], "Two", id="own list gone: first by name"),
        pytest.param([("a", None, {}), ("b", "Two", {})], "Two", id="said by one only"),
    ],
)
def test_the_best_supported_value_is_shown(rows: list[tuple[str, str | None, dict[str, Any]]], shown: str) -> None:
    entry = merged(*(row(source, description=text, **more) for source, text, more in rows))
    assert entry.plain["description"] == shown
    for said, (_, text, _) in zip(entry.said, rows, strict=True):
        if text is None:
            assert "description" not in {*said.agrees, *said.differs}
        elif text.casefold().strip(".") == shown.casefold():
            assert "description" in said.agrees
        else:
            assert said.differs["description"] == text


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (["yes", "unknown"], "yes"),
        (["unknown", "no"], "no"),
        (["yes", "no", "no"], "no"),
        (["yes", "no"], None),
        (["unknown", "unknown"], None),
    ],
)
def test_a_known_value_comes_before_unknown_and_a_tie_is_unknown(values: list[str], shown: str | None) -> None:
    rows = [row("abc"[n], wheelchair=value) for n, value in enumerate(values)]
    assert merged(*rows).plain.get("wheelchair") == shown


def test_yes_against_no_goes_to_the_newer() -> None:
    entry = merged(row("a", wheelchair="yes", as_of=OLD), row("b", wheelchair="no", as_of=NEW))
    assert entry.plain["wheelchair"] == "no" and entry.said[0].differs == {"wheelchair": "yes"}


def test_what_goes_together_comes_from_one_row() -> None:
    here = {"address": {"address_1": "1 Kite Row", "city": "Fresno", "postal_code": "93701", "state": "CA"}}
    there = {"address": {"address_1": "2 Owl Way", "city": "Fresno", "postal_code": "93702", "state": "CA"}}
    plain = merged(
        row(
            "a",
            as_of=OLD,
            latitude=36.7,
            longitude=-119.8,
            reach="distance",
            hours_text="Mon 9-5",
            schedule="{}",
            **here,
        ),
        row("b", as_of=NEW, hours_text="By appointment", capacity="open", capacity_on=NEW, **there),
    ).plain
    assert plain["address"] == there["address"] and "latitude" not in plain and "reach" not in plain
    assert plain["hours_text"] == "By appointment" and "schedule" not in plain
    assert (plain["capacity"], plain["capacity_on"]) == ("open", NEW)


def test_sets_and_phones_are_united_and_what_most_name_comes_first() -> None:
    one = {"number": "+15595550101", "kind": "voice"}
    two = {"number": "+15595550102", "kind": "voice", "label": "Intake"}
    plain = merged(
        row("a", plans=["p1"], counties=["Fresno"], phones=[one]),
        row("b", plans=["p2"], counties=["Kings"], phones=[{**two, "label": None}, one][:1]),
        row("c", plans=["p2"], counties=["Fresno"], phones=[two]),
    ).plain
    assert (set(plain["plans"]), set(plain["counties"])) == ({"p1", "p2"}, {"Fresno", "Kings"})
    assert [phone["number"] for phone in plain["phones"]] == [two["number"], one["number"]]
    assert plain["phones"][0]["label"] == "Intake"


def test_days_are_the_newest() -> None:
    plain = merged(
        row("a", assured_on=OLD, as_of=NEW, changed_on=OLD), row("b", assured_on="2026-10-09", changed_on=NEW)
    ).plain
    assert (plain["assured_on"], plain["edited_on"]) == ("2026-10-09", NEW)
    assert plain["provenance"]["source"] == "b" and plain["provenance"]["as_of"] == "2026-11-01"


def test_the_day_of_the_last_change_is_the_lists_own_where_it_has_one() -> None:
    own, unsaid = row("a", edited_on="2026-09-01", changed_on=NEW), row("b", changed_on="2026-08-01")
    assert merged(own).plain["edited_on"] == merged(own, unsaid).plain["edited_on"] == "2026-09-01"
    assert merged(own, row("b", changed_on=NEW)).plain["edited_on"] == NEW
    assert merged(own, row("hand", edited_on="2026-09-01", changed_on=NEW)).plain["edited_on"] == NEW


@pytest.mark.parametrize(
    ("rows", "whose"),
    [
        pytest.param([("a", {"as_of": OLD}), ("b", {"as_of": NEW})], "b", id="the newer list"),
        pytest.param([("a", {"as_of": NEW}), ("b", {"as_of": OLD})], "a", id="its own is the newer"),
        pytest.param([("a", {"as_of": NEW}), ("b", {"as_of": NEW})], "a", id="as new: its own"),
        pytest.param([("a", {"as_of": OLD, "assured_on": OLD}), ("b", {"as_of": NEW})], "a", id="the one that checked"),
        pytest.param([("b", {"as_of": OLD}), ("c", {"as_of": NEW})], "c", id="own list gone"),
    ],
)
def test_the_list_and_the_day_shown_belong_together(rows: list[tuple[str, dict[str, Any]]], whose: str) -> None:
    found = merged(*(row(source, **more) for source, more in rows)).plain["provenance"]
    assert (found["source"], found["source_title"]) == (whose, whose)
    assert found["as_of"] == dict(rows)[whose]["as_of"]


@pytest.mark.parametrize(("day", "known"), [("2013-01-01", False), ("2025-11-09", False), ("2025-11-10", True)])
def test_hours_of_an_old_list_are_words_and_no_week_beside_a_new_list(day: str, known: bool) -> None:
    old = row("a", as_of=day, hours_text="Mon 9-5", schedule="{}")
    plain = merged(old, row("b", as_of=NEW)).plain
    assert plain["hours_text"] == "Mon 9-5" and ("schedule" in plain) is known
    alone = merged(old).plain
    assert "schedule" in alone, "its own day says how old it is"


def test_what_was_said_by_hand_outranks_lists_and_only_that() -> None:
    hand = row("hand", fields="description hours_text schedule", description="By hand", url="https://old.example.org",
               hours_text="Tue 1-3")  # fmt: skip
    entry = merged(row("a", description="List", url="https://a.example.org"), row("b", description="List"), hand)
    assert (entry.plain["description"], entry.plain["hours_text"]) == ("By hand", "Tue 1-3")
    assert entry.plain["url"] == "https://a.example.org"
    assert [said.differs for said in entry.said] == [{"description": "List"}, {"description": "List"}, {}]
    assert "url" not in entry.said[2].agrees


def test_what_was_taken_away_by_hand_is_away() -> None:
    assert "email" not in merged(row("a", email="a@example.org"), row("hand", fields="email", email=None)).plain


def test_a_place_added_by_hand_keeps_its_words_when_a_list_names_it() -> None:
    entry = merged(
        row("a", description="List", programs=["wic"], wheelchair="yes"), row("hand", fields="*", description="Ours")
    )
    assert entry.plain["description"] == "Ours" and entry.plain["wheelchair"] == "yes"
    assert set(entry.plain["programs"]) == {"wic", "food_bank"}


def test_by_hand_alone_is_the_whole() -> None:
    assert merged(row("hand", fields="email", description="Ours")).plain["description"] == "Ours"


@pytest.mark.parametrize(
    ("field", "value", "beside"),
    [
        ("description", "Kept", {}),
        ("hours_text", "Mon-Fri 9am-5pm", {"schedule"}),
        ("phones", [{"number": "+15595550199", "kind": "voice"}], {}),
    ],
)
def test_a_kept_value_wins_over_all(field: str, value: object, beside: set[str]) -> None:
    kept = decision(Kind.KEEP, field=field, value=json.dumps(value))
    plain = merged(row("a", description="A"), row("hand", fields=field, **{field: None}), decisions=(kept,)).plain
    assert plain[field] == value and set(beside) <= plain.keys()


def test_a_kept_address_has_the_point_of_the_list_that_says_it_or_none() -> None:
    here = {"address_1": "1 Kite Row", "city": "Fresno", "postal_code": "93701", "state": "CA"}
    rows = (row("a", address=here, latitude=36.7, longitude=-119.8), row("b", as_of=NEW))
    for address, point in ((here, True), ({**here, "address_1": "9 Owl Way"}, False)):
        kept = decision(Kind.KEEP, field="address", value=json.dumps(address))
        plain = merged(*rows, decisions=(kept,)).plain
        assert plain["address"] == address and ("latitude" in plain) is point


def test_notices_and_suspensions_have_their_last_day() -> None:
    until = date(2026, 12, 1)
    plain = merged(
        row("a"),
        decisions=(
            decision(Kind.NOTICE, value="Closed today / Cerrado hoy", until=until),
            decision(Kind.SUSPENDED, until=until),
        ),
    ).plain
    assert (plain["alert"], plain["alert_until"]) == ("Closed today / Cerrado hoy", "2026-12-01")
    assert plain["suspended_until"] == "2026-12-01"


def test_a_notice_has_its_own_last_day_and_not_that_of_an_older_one() -> None:
    plain = merged(
        row("a", as_of="2026-11-01", alert="Closed today", alert_until="2026-11-02"),
        row("b", as_of="2026-11-20", alert="Moved for good"),
    ).plain
    assert (plain["alert"], plain.get("alert_until")) == ("Moved for good", None)


def test_a_notice_that_the_list_took_away_does_not_live_on_in_a_correction_by_hand() -> None:
    """A correction begins as a copy of what the list said that day."""
    noticed = {"alert": "Closed this week", "suspended_until": "2026-12-01"}
    plain = merged(row("a"), row("hand", fields="fees_text", fees_text="Free", **noticed)).plain
    assert plain["fees_text"] == "Free" and "alert" not in plain and "suspended_until" not in plain
    assert merged(row("a"), row("hand", fields="alert", alert="Closed on Monday")).plain["alert"] == "Closed on Monday"
    assert merged(row("hand", fields="fees_text", **noticed)).plain["alert"] == "Closed this week"


@pytest.mark.parametrize("kind", [Kind.CLOSED, Kind.NOT_LISTED])
def test_what_is_closed_or_taken_out_is_not_shown(kind: Kind) -> None:
    assert merge("a:1", [row("a"), row("b")], [decision(kind)]) is None


def test_one_confidential_row_hides_the_place_in_all_of_it() -> None:
    there = {"address_1": "427 Owl Way", "city": "Fresno", "postal_code": "93702", "state": "CA"}
    open_row = row("b", address=there, latitude=36.7, longitude=-119.8, description="Ring at 427 Owl Way. Beds.")
    secret = row("a", confidential=True, description="Near 427 Owl Way. Safe beds.", url="https://a.example.org")
    notice = decision(Kind.NOTICE, value="Today at 427 Owl Way", until=date(2026, 12, 1))
    entry = merged(open_row, secret, decisions=(notice,))
    told = json.dumps([entry.plain, [said._asdict() for said in entry.said]])
    assert entry.plain["confidential"] and "latitude" not in told and "address" not in told
    for word in ("427", "Owl Way", "93702"):
        assert word not in told, told
