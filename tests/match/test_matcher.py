"""A row of one list beside the listings of another: the outcome, and the reasons a person is told."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.sync import decisions
from directory.sync.match import Match, Matcher, Outcome, Reason

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
NEW, SAME, DIFFERENT, ASK = Outcome.NEW, Outcome.SAME, Outcome.DIFFERENT, Outcome.ASK
Row = dict[str, object]


def row(
    name: str = "Mesa Food Bank", street: str | None = "12 Oak Street", phone: str | None = "1", city: str = "Fresno",
    service: str | None = None, needs: tuple[str, ...] = ("food",), **more: object,
) -> Row:  # fmt: skip
    """A draft."""
    code = {"Fresno": "93701", "Modesto": "95354"}[city]
    address = {"address_1": street, "city": city, "postal_code": code, "state": "CA"}
    return {
        "organization": name, "name": service or name, "needs": list(needs), "counties": [],
        **({"address": address} if street else {}),
        **({"phones": [{"number": f"+1559555010{phone}", "kind": "voice"}]} if phone else {}), **more,
    }  # fmt: skip


def stand(work: sqlite3.Connection, source: str, rows: dict[str, Row], **listings: str) -> None:
    """Stages rows of a list, each as a listing of its own unless `listings` says which."""
    for key, draft in rows.items():
        work.execute(
            """INSERT INTO staged (source_id, row_id, raw_sha256, line, draft, problems, refused, first_on, changed_on)
               VALUES (?, ?, '', 1, ?, '[]', 0, '', '')""",
            (source, key, json.dumps(draft)),
        )
        work.execute(
            """INSERT INTO link (source_id, row_id, listing_id, outcome, reasons, since)
               VALUES (?, ?, ?, 'new', '[]', '')""",
            (source, key, listings.get(key, f"{source}:{key}")),
        )


def matched(work: sqlite3.Connection, *rows: Row) -> list[Match]:
    """The matches of rows 1, 2, ... of the list `ours`."""
    fresh = [(str(number), json.dumps(draft)) for number, draft in enumerate(rows, start=1)]
    found = list(Matcher(work, "ours").matches(iter(fresh)))
    assert [key for key, _ in found] == [key for key, _ in fresh]
    return [match for _, match in found]


MESA = row()


@pytest.mark.parametrize(
    ("theirs", "ours", "outcome", "says"),
    [
        (MESA, row("THE MESA FOOD BANK, INC.", "12 Oak St., Ste 4"), SAME, Reason.ADDRESS_SAME),
        (MESA, row(phone="2"), SAME, Reason.PHONE_DIFFERS),
        (MESA, row(phone=None), SAME, Reason.NAME_SAME),
        (MESA, row("Olivo Clinic", "7 Elm Street", "9"), NEW, Reason.FIRST_SEEN),
        (MESA, row("Olivo Clinic", phone="2"), DIFFERENT, Reason.NAME_DIFFERS),
        # a line that two organizations of one house share is no identity, and neither is a name
        (MESA, row("Olivo Clinic", "12 Oak Street, Suite 9", "1", needs=("legal",), service="Law"), DIFFERENT, None),
        (MESA, row(city="Modesto", phone="2"), NEW, Reason.FIRST_SEEN),
        (MESA, row(city="Modesto"), DIFFERENT, Reason.CITY_DIFFERS),
        (MESA, row(street="700 Elm Street", phone="2"), DIFFERENT, Reason.STREET_DIFFERS),
        (MESA, row(street="700 Elm Street"), ASK, Reason.STREET_DIFFERS),
        (MESA, row("MFB", phone="1"), ASK, Reason.NAME_SHORT_FORM),
        (MESA, row("Olivo Pantry", phone="1"), ASK, Reason.NAME_DIFFERS),
        (MESA, row(street="12 Oak Street, Suite 3"), SAME, None),
        (row(street="12 Oak Street, Suite 5"), row(street="12 Oak Street, Suite 3"), ASK, Reason.UNIT_DIFFERS),
        (row(npi="1"), row(npi="2"), ASK, Reason.NPI_DIFFERS),
        (row("Food Pantry No. 4"), row("Food Pantry No. 7"), ASK, Reason.BRANCH_DIFFERS),
        (MESA, row(street=None), ASK, Reason.PHONE_SAME),
        (row(street=None), row(street=None), SAME, Reason.PHONE_SAME),
        (row(street=None, phone=None, email="a@example.org"), row(street=None, phone="2"), ASK, Reason.NAME_SAME),
        (row(service="Night Shelter"), row(service="Legal Clinic"), DIFFERENT, Reason.SERVICE_DIFFERS),
        (row(service="Night Shelter"), row(service="NIGHT SHELTER"), SAME, Reason.SERVICE_SAME),
        (row(service="Night Shelter"), MESA, ASK, Reason.ADDRESS_SAME),
        (row(service="Night Shelter", needs=("housing",)), MESA, DIFFERENT, Reason.SERVICE_DIFFERS),
    ],
)  # fmt: skip
def test_one_row_beside_one_listing(
    work: sqlite3.Connection, theirs: Row, ours: Row, outcome: Outcome, says: Reason | None
) -> None:
    stand(work, "theirs", {"a": theirs})
    [match] = matched(work, ours)
    assert match.outcome == outcome
    assert match.listing_id == ("theirs:a" if outcome == SAME else "ours:1")
    assert [item.listing_id for item in match.candidates] == (["theirs:a"] if outcome == ASK else [])
    assert says is None or says in match.reasons


def test_without_another_list_every_row_is_new(work: sqlite3.Connection) -> None:
    stand(work, "ours", {"old": MESA})
    assert matched(work, MESA) == [Match(NEW, "ours:1", (Reason.FIRST_SEEN,))]


def test_rows_that_ended_or_were_refused_are_no_place(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA, "b": row("Olivo Clinic", "7 Elm Street", "9")})
    work.execute("UPDATE staged SET ended_on = '2026-11-01' WHERE row_id = 'a'")
    assert matched(work, MESA)[0].outcome == NEW


def test_two_listings_alike_are_a_question(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA, "b": row(street="12 Oak St.")})
    [match] = matched(work, MESA)
    assert (match.outcome, match.reasons) == (ASK, (Reason.SEVERAL_LISTINGS,))
    assert [item.listing_id for item in match.candidates] == ["theirs:a", "theirs:b"]


def test_rows_of_two_lists_that_are_one_listing_are_no_question(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA})
    stand(work, "third", {"b": row(street="12 Oak St.")}, b="theirs:a")
    assert matched(work, MESA)[0].listing_id == "theirs:a"


def test_two_rows_of_one_list_are_never_joined(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA})
    found = matched(work, MESA, row(street="12 Oak St."))
    assert [match.outcome for match in found] == [ASK, ASK]
    assert all(Reason.SEVERAL_ROWS in match.reasons for match in found)


def test_a_listing_that_has_a_row_of_this_list_is_taken(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA})
    stand(work, "ours", {"old": MESA}, old="theirs:a")
    [match] = matched(work, MESA)
    assert match.outcome == ASK and Reason.LISTING_TAKEN in match.reasons
    work.execute("UPDATE staged SET ended_on = '2026-11-01' WHERE row_id = 'old'")
    assert matched(work, MESA)[0].outcome == SAME


def test_the_whole_and_its_services_stay_apart(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA})
    whole, service = matched(work, MESA, row(service="Night Shelter"))
    assert (whole.outcome, service.outcome) == (SAME, DIFFERENT)
    assert Reason.ONE_SERVICE in service.reasons


def test_a_central_line_at_several_doors_is_no_question(work: sqlite3.Connection) -> None:
    sites = {str(number): row(street=f"{number}00 Elm Street") for number in range(1, 4)}
    stand(work, "theirs", sites)
    [match] = matched(work, MESA)
    assert match.outcome == DIFFERENT and Reason.PHONE_SHARED in match.reasons


def test_a_central_line_of_our_own_list_is_no_question(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA})
    found = matched(work, row(street="700 Elm Street"), row(street="800 Pine Street"))
    assert [match.outcome for match in found] == [DIFFERENT, DIFFERENT]


SECRET = row("Casa Luz", None, "5", confidential=True)


@pytest.mark.parametrize(
    ("theirs", "ours", "outcome"),
    [
        (SECRET, SECRET, SAME),
        (SECRET, row("Casa Luz", "12 Oak Street", "5"), SAME),
        (row("Casa Luz", "12 Oak Street", "5"), SECRET, SAME),
        (SECRET, row("Casa Luz", "12 Oak Street", "6"), NEW),
        (SECRET, row("Olivo Clinic", "12 Oak Street", "5"), DIFFERENT),
        (row("Casa Luz", None, None, confidential=True, npi="7"), row("Casa Luz", None, "8", npi="7"), SAME),
    ],
)
def test_a_confidential_place_is_known_by_its_line_and_name(
    work: sqlite3.Connection, theirs: Row, ours: Row, outcome: Outcome
) -> None:
    stand(work, "theirs", {"a": theirs})
    [match] = matched(work, ours)
    assert match.outcome == outcome
    place = {Reason.ADDRESS_SAME, Reason.CITY_SAME, Reason.CITY_DIFFERS, Reason.STREET_DIFFERS, Reason.UNIT_DIFFERS}
    assert not place & set(match.reasons)


def decide(work: sqlite3.Connection, kind: decisions.Kind, listing: str, source: str, key: str) -> int:
    made = decisions.Decision(kind, listing, "Ana", "I called", NOW, source_id=source, row_id=key)
    return decisions.record(work, made)


def test_what_somebody_decided_is_obeyed(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA, "b": row("Olivo Clinic", "7 Elm Street", "9")})
    same = decide(work, decisions.Kind.SAME, "theirs:b", "ours", "1")
    assert matched(work, MESA) == [Match(SAME, "theirs:b", (Reason.DECIDED_SAME,))]
    decisions.take_back(work, same, who="Ana", now=NOW)
    decide(work, decisions.Kind.DIFFERENT, "theirs:a", "ours", "1")
    assert matched(work, MESA) == [Match(DIFFERENT, "ours:1", (Reason.DECIDED_DIFFERENT,))]


def test_a_decision_holds_from_either_side(work: sqlite3.Connection) -> None:
    stand(work, "theirs", {"a": MESA})
    decide(work, decisions.Kind.DIFFERENT, "ours:1", "theirs", "a")
    assert matched(work, MESA)[0].outcome == DIFFERENT
