"""Whom to call first: the order that is told, what is laid over it, and what is left out."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from directory import records, store
from directory.inbox import reports
from directory.model import Language
from directory.records import Answer
from directory.records.file import File
from directory.verify import calling, queue, told
from directory.verify.fields import Field
from directory.verify.queue import Wanted
from tests.verify.conftest import ANA, LUIS, NOW, PLACE, published

ALL = Wanted()


def asked(wanted: Wanted = ALL, *, now: datetime = NOW, size: int = 2000) -> queue.Page:
    return queue.queue(wanted, now, store.directory_path(), size=size)


def ids(page: queue.Page) -> list[str]:
    return [item.listing.id for item in page.items]


def item(id: str) -> queue.Item:
    return next(each for each in asked().items if each.listing.id == id)


def test_most_points_first_and_the_same_order_every_time(home: Path) -> None:
    page = asked()
    points = [each.points for each in page.items]
    assert points == sorted(points, reverse=True) and len(set(ids(page))) == page.total == len(page.items)
    assert ids(asked()) == ids(page)
    assert ids(asked(size=10)) == ids(page)[:10]
    second = queue.queue(ALL, NOW, store.directory_path(), page=2, size=10)
    assert ids(second) == ids(page)[10:20] and second.total == page.total


def test_points_are_the_sum_that_is_told(home: Path) -> None:
    for each in asked().items:
        why = each.reasons
        age = 24 if why.days is None else min(24, why.days // 30)
        assert each.points == age + 6 * why.never + min(24, 8 * len(why.differs)) + min(20, why.shown // 10)


def test_every_place_has_a_number_to_call(home: Path) -> None:
    assert all(any(phone.kind.value == "voice" for phone in each.listing.phones) for each in asked().items)


def test_reports_come_first_by_how_many_people(home: Path) -> None:
    before = item(PLACE).points
    for person in ("a", "b"):
        reports.listing(PLACE, "closed", person, NOW)
    now_first = asked().items[0]
    assert (now_first.listing.id, now_first.points, now_first.reasons.people) == (PLACE, before + 30, 2)
    assert "2 people reported: closed" in told.reasons(now_first.reasons, Language.EN)
    assert "2 personas avisaron: cerraron" in told.reasons(now_first.reasons, Language.ES)
    reports.decide(PLACE, "right", "Ana", NOW)
    assert item(PLACE).points == before


def test_what_lists_say_differently_counts_until_somebody_says_what_is_right(home: Path) -> None:
    with closing(sqlite3.connect(home / "directory.db")) as db:
        query = "SELECT listing, differs FROM said WHERE source_id <> 'hand' AND differs LIKE '%hours_text%'"
        row, _ = db.execute(query).fetchone()
        id = db.execute("SELECT id FROM listing WHERE rowid = ?", (row,)).fetchone()[0]
        assert Field.HOURS in item(id).reasons.differs
        said = (row, "hand", "0001", None, json.dumps(["hours_text"]), "{}")
        db.execute("INSERT OR IGNORE INTO source VALUES ('hand', 'By hand', NULL, NULL, NULL, NULL, NULL, 0)")
        db.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", said)
        db.commit()
    assert Field.HOURS not in item(id).reasons.differs


def test_how_often_it_was_shown_counts_of_the_last_30_days(home: Path) -> None:
    with closing(File(records.path())) as file:
        for days, times in ((1, 25), (40, 500)):
            day = NOW.date() - timedelta(days=days)
            file.insert(Answer(day, "web", "listings", "en", listings=(PLACE,)) for _ in range(times))
    assert item(PLACE).reasons.shown == 25
    assert "Shown 25 times in 30 days" in told.reasons(item(PLACE).reasons, Language.EN)


def test_damaged_records_keep_nobody_from_calling(home: Path) -> None:
    records.path().write_bytes(b"SQLite format 3\x00" + b"rubbish" * 400)
    assert item(PLACE).reasons.shown == 0


def test_put_away_it_is_gone_until_its_day_unless_somebody_reports_it_since(home: Path) -> None:
    calling.skip(PLACE, "refused", ANA, NOW)
    page = asked()
    assert PLACE not in ids(page) and page.put_away == 1
    [away] = asked(Wanted(put_away=True)).items
    assert (away.listing.id, away.put_away.how if away.put_away else "") == (PLACE, "refused")
    assert PLACE in ids(asked(now=NOW + timedelta(days=90)))
    reports.listing(PLACE, "phone", "somebody", NOW + timedelta(hours=1))
    assert PLACE in ids(asked(now=NOW + timedelta(hours=2)))


@pytest.mark.parametrize(("calls", "told_of"), [(2, False), (3, True)])
def test_three_times_no_answer_is_told(home: Path, calls: int, told_of: bool) -> None:
    for number in range(calls):
        calling.skip(PLACE, "no_answer", ANA, NOW + timedelta(days=number))
    found = next(each for each in asked(now=NOW + timedelta(days=5)).items if each.listing.id == PLACE)
    assert (f"{calls} times no answer" in told.reasons(found.reasons, Language.EN)) is told_of


def test_filters_leave_those_that_fit(home: Path) -> None:
    for each in asked(Wanted(county="Fresno", need="food")).items:
        assert each.listing.statewide or "Fresno" in each.listing.counties
        assert "food" in {need.value for need in each.listing.needs}
    sources = {each.listing.provenance.source for each in asked(Wanted(source="demo_plan_roster")).items}
    assert "demo_plan_roster" in sources
    assert 0 < asked(Wanted(county="Fresno")).total < asked().total
    assert asked(Wanted(source="no_such_list")).total == 0


def test_mine_are_those_that_i_opened_or_began(home: Path) -> None:
    assert asked(Wanted(mine=ANA.id)).total == 0
    calling.start(PLACE, ANA, NOW)
    assert ids(asked(Wanted(mine=ANA.id))) == [PLACE] and asked(Wanted(mine=LUIS.id)).total == 0
    calling.answer(published(), Field.NAME, "same", {}, ANA, NOW)
    calling.release(PLACE, ANA)
    assert ids(asked(Wanted(mine=ANA.id))) == [PLACE]
    assert item(PLACE).hold is None
