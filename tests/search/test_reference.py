"""The search beside a slow and plain one, written from its docstring, over random listings and questions."""

from __future__ import annotations

import dataclasses
import random
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import hours, places, store
from directory.model import (
    Address,
    Capacity,
    Interval,
    Listing,
    Need,
    Place,
    PlaceKind,
    Provenance,
    Reach,
    Schedule,
    Tri,
)
from directory.position import position
from directory.search import Freshness, Query, Relaxed, freshness, index, search

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday
TODAY = NOW.date()
MODESTO = Place(PlaceKind.ZIP, "Modesto", "Stanislaus", "95354", 37.64, -120.99)
MERCED = Place(PlaceKind.CITY, "Merced", "Merced", None, 37.30, -120.48)
STANISLAUS = Place(PlaceKind.COUNTY, "Stanislaus County", "Stanislaus", None, 37.56, -121.00)
KERN = Place(PlaceKind.COUNTY, "Kern County", "Kern", None, 35.34, -118.73)
COUNTIES = ("Stanislaus", "Stanislaus", "Merced", "San Joaquin", "Kern")
NEEDS = {"food_bank": Need.FOOD, "calfresh": Need.FOOD, "emergency_shelter": Need.HOUSING, "nmt": Need.TRANSPORT}
LISTS = (
    store.SourceRecord("list", "A list", as_of=date(2026, 10, 1)),
    store.SourceRecord("old", "An old list", as_of=date(2013, 5, 1)),
    store.SourceRecord("undated", "A list without a day"),
    store.SourceRecord("far", "A list of another region", as_of=date(2026, 10, 1)),
)
WORDS = ("Mesa", "Peña", "Olivo", "hands", "meals", "rides")


# Listings and questions by chance


def some(chance: random.Random, value: object, share: float = 0.5) -> object:
    return value if chance.random() < share else None


def day(chance: random.Random, longest: int) -> date:
    return TODAY - timedelta(days=chance.randrange(-3, longest))


def invented(chance: random.Random, count: int) -> list[Listing]:
    sites = [site(chance, number) for number in range(count * 2 // 3 + 1)]
    return [listing(chance, number, *chance.choice(sites)) for number in range(count)]


def site(chance: random.Random, number: int) -> tuple[str, Address, tuple[float, float] | None]:
    miles = chance.choice((1, 10, 25, 33, 55, 70)) / 69
    point = (37.64 + miles * chance.uniform(-1, 1), -120.99 + miles * chance.choice((-1, 0.5, 1)))
    address = Address(
        f"{number} Oak St", chance.choice(("Modesto", "Nowhere")), chance.choice((None, "95354", "93301"))
    )
    return f"Site {number}", address, point if chance.random() < 0.7 else None


def listing(
    chance: random.Random, number: int, who: str, address: Address, point: tuple[float, float] | None
) -> Listing:
    source = chance.choices(LISTS, (6, 2, 1, 1))[0]
    program = chance.choice(list(NEEDS))
    opens = chance.randrange(6, 20)
    latitude, longitude = point if point and chance.random() < 0.9 else (None, None)
    return Listing(
        id=f"{source.id}:{number}",
        organization=who,
        name=f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number % 40}",
        provenance=Provenance(source.id, str(number), source.title, source.as_of),
        description=some(chance, f"Hot {chance.choice(WORDS)}, for all"),
        needs=tuple({NEEDS[program], *chance.sample([Need.FOOD, Need.LEGAL], chance.choice((0, 0, 1)))}),
        programs=(program,) if chance.random() < 0.8 else (),
        plans=tuple(chance.sample(("kaiser", "anthem", "iehp"), chance.choice((0, 1, 2)))),
        counties=tuple(set(chance.sample(COUNTIES[: 3 if source.id != "far" else 5], chance.choice((1, 1, 2))))),
        statewide=chance.random() < 0.05,
        reach=chance.choice((Reach.COUNTY, Reach.DISTANCE, Reach.DISTANCE)),
        address=address,
        latitude=latitude,
        longitude=longitude,
        schedule=some(chance, Schedule((Interval(chance.choice((0, 0, 1)), time(opens), time((opens + 9) % 24)),))),
        languages=tuple(chance.sample(("en", "es", "hmn"), chance.choice((0, 0, 1, 2)))),
        taking_referrals=chance.choice(list(Tri)),
        capacity=chance.choice(list(Capacity)),
        capacity_on=some(chance, day(chance, 60)),
        assured_on=some(chance, day(chance, 500)),
        alert=(notice := some(chance, "Closed for repairs", 0.2)),
        alert_until=some(chance, TODAY + timedelta(days=chance.randrange(-2, 3))) if notice else None,
        suspended_until=some(chance, TODAY + timedelta(days=chance.randrange(-2, 3)), 0.1),
    )


def question(chance: random.Random, share: float) -> Query:
    return Query(
        need=some(chance, chance.choice((Need.FOOD, Need.FOOD, Need.HOUSING, Need.LEGAL, Need.SOCIAL))),
        program=some(chance, chance.choice((*NEEDS, "wic")), 0.3),
        place=some(chance, chance.choice((MODESTO, MERCED, STANISLAUS, KERN)), 0.8),
        plan=some(chance, chance.choice(("kaiser", "iehp")), share),
        language=some(chance, chance.choice(("es", "hmn", "km")), share),
        open_now=chance.random() < share,
        taking_referrals=chance.random() < share,
        has_room=chance.random() < share,
        wait_list=chance.random() < 0.4,
        text=some(chance, chance.choice(("mes", "pena", "hot rid", "olivo hands", "%", "zzz")), 0.15),
        limit=chance.choice((3, 5, 50)),
        offset=chance.choice((0, 0, 0, 3)),
    )


# The plain search


def plain(records: list[Listing], query: Query) -> tuple[list[list[str]], int, tuple[Relaxed, ...], bool]:
    """The page as ids (each place with its services), the total, what was given up, and whether a list covers it."""
    covered = is_covered(records, query.place)
    shown = [one for one in records if not one.suspended_until or one.suspended_until < TODAY]
    for far, other in ((False, False), (covered and query.place is not None, query.program is not None)):
        left = [one for one in shown if fits_what(one, query, other) and fits_words(one, query)]
        left = [one for one in left if fits_where(one, query.place, far)]
        steps = [step for step in Relaxed if wanted(query, step, far, other)]
        kept = list(steps)
        while left and not passing(left, query, kept):
            kept.pop(0)
        kept += [
            step for step in steps if step not in kept and passing(left, query, [*kept, step]) and not kept.append(step)
        ]
        if left:
            break
    order = [step for step in ORDER if step in steps]
    best = sorted(passing(left, query, kept), key=lambda one: rank(one, query, order))
    by_place: dict[str, list[str]] = {}
    for one in best:
        by_place.setdefault(one.organization, []).append(one.id)
    page = list(by_place.values())[query.offset : query.offset + query.limit]
    return page, len(by_place), tuple(step for step in steps if left and step not in kept), covered


ORDER = (Relaxed.PROGRAM, Relaxed.PLAN, Relaxed.CAPACITY, Relaxed.TAKING_REFERRALS, Relaxed.OPEN_NOW, Relaxed.LANGUAGE)


def wanted(query: Query, step: Relaxed, far: bool, other: bool) -> object:
    names = {Relaxed.CAPACITY: "has_room"}
    given = {Relaxed.DISTANCE: far, Relaxed.PROGRAM: other}
    return given[step] if step in given else getattr(query, names.get(step, step.value))


def passing(records: list[Listing], query: Query, kept: list[Relaxed]) -> list[Listing]:
    return [one for one in records if all(answer(one, query, step) is not Tri.NO for step in kept)]


def answer(one: Listing, query: Query, step: Relaxed) -> Tri:
    age = freshness(one, TODAY)
    if step is Relaxed.OPEN_NOW:
        noticed = one.alert and (one.alert_until is None or one.alert_until >= TODAY)
        return Tri.UNKNOWN if noticed or age is Freshness.STALE else hours.is_open(one.schedule, NOW)
    if step is Relaxed.TAKING_REFERRALS:
        return one.taking_referrals
    if step is Relaxed.CAPACITY:
        old = one.capacity_on and (TODAY - one.capacity_on).days > 30
        waits = Tri.YES if query.wait_list else Tri.NO
        said = {Capacity.OPEN: Tri.YES, Capacity.FULL: Tri.NO, Capacity.WAIT_LIST: waits}
        return Tri.UNKNOWN if old else said.get(one.capacity, Tri.UNKNOWN)
    if step is Relaxed.DISTANCE:
        return Tri.YES if fits_where(one, query.place, far=False) else Tri.NO
    values, value = {
        Relaxed.LANGUAGE: (one.languages, query.language),
        Relaxed.PLAN: (one.plans, query.plan),
        Relaxed.PROGRAM: (one.programs or ("none",), query.program),
    }[step]
    return (Tri.YES if value in values else Tri.NO) if values else Tri.UNKNOWN


def fits_what(one: Listing, query: Query, other: bool) -> bool:
    if query.program is None:
        return query.need is None or query.need in one.needs
    need = query.need or NEEDS.get(query.program, Need.FOOD)
    return query.program in one.programs or (other and need in one.needs)


def fits_words(one: Listing, query: Query) -> bool:
    if query.text is None:
        return True
    said = re.findall(r"\w+", f"{one.name} {one.organization} {one.description or ''}".lower().replace("ñ", "n"))
    asked = re.findall(r"\w+", query.text)
    return bool(asked) and all(any(word.startswith(start) for word in said) for start in asked)


def away(one: Listing, place: Place) -> float | None:
    at = position(one)
    return places.miles(place.latitude, place.longitude, at.latitude, at.longitude) if at else None


def fits_where(one: Listing, place: Place | None, far: bool) -> bool:
    if place is None:
        return True
    miles, foot = away(one, place), one.reach is Reach.DISTANCE
    by_county = not foot or miles is None
    served = place.county in one.counties or (one.statewide and by_county)
    walked = foot and miles is not None and miles <= (60 if far else 30)
    if place.kind is PlaceKind.COUNTY or far:
        return served or (far and walked)
    return (served and by_county) or walked


def rank(one: Listing, query: Query, order: list[Relaxed]) -> tuple[object, ...]:
    filters = [(Tri.YES, Tri.UNKNOWN, Tri.NO).index(answer(one, query, step)) for step in order]
    if Relaxed.CAPACITY in order and query.wait_list:  # who has room comes before who has a list
        strict = dataclasses.replace(query, wait_list=False)
        filters.insert(order.index(Relaxed.CAPACITY), answer(one, strict, Relaxed.CAPACITY) is not Tri.YES)
    age = freshness(one, TODAY)
    miles = away(one, query.place) if query.place and query.place.kind is not PlaceKind.COUNTY else None
    near = miles is not None and (one.reach is Reach.DISTANCE or miles <= 30)
    # Two services of a place have one distance: rounded, for it is measured in two ways.
    distance = round(miles or 0, 7) if near else 99999
    checked = one.assured_on is not None and 0 <= (TODAY - one.assured_on).days <= 180
    return (*filters, age is Freshness.STALE, distance, not checked, one.name.casefold(), one.id)


def is_covered(records: list[Listing], place: Place | None) -> bool:
    if place is None:
        return bool(records)
    serving = [one for one in records if place.county in one.counties]
    if any(one.counties == (place.county,) for one in serving):
        return True
    lists = [one.provenance.source for one in records]
    mine = [one.provenance.source for one in serving]
    return any(mine.count(name) >= 0.05 * lists.count(name) for name in set(mine))


# Both


@pytest.fixture
def published(tmp_path: Path) -> Callable[[list[Listing], bool], Path]:
    def write(records: list[Listing], indexed: bool) -> Path:
        path = tmp_path / "directory.db"
        when = datetime(2026, 11, 1, tzinfo=timezone.utc)
        store.write_directory(path, records=records, sources=LISTS, publication="chance", published_at=when)
        if indexed:
            with sqlite3.connect(path) as connection:
                index.build(connection)
            connection.close()
        return path

    return write


@pytest.mark.parametrize("seed", range(12))
def test_the_search_answers_as_the_plain_one_does(seed: int, published: Callable[[list[Listing], bool], Path]) -> None:
    chance = random.Random(seed)
    records = invented(chance, (0, 1, 12, 60, 400, 1500)[seed % 6])
    path = published(records, seed % 2 == 0)
    for _ in range(80):
        query = question(chance, chance.choice((0, 0.2, 0.7)))
        result = search(query, now=NOW, path=path)
        page = [[one.listing.id for one in hit.services] for hit in result.hits]
        assert (page, result.total, result.relaxed, result.covered) == plain(records, query), query


def test_who_is_open_is_right_at_each_minute_though_it_is_kept_between_two_hours_of_the_clock(
    published: Callable[[list[Listing], bool], Path],
) -> None:
    chance = random.Random(3)
    weeks = [
        Schedule(
            tuple(Interval(each, moment(chance), moment(chance)) for each in chance.sample(range(7), 3)), holidays=off
        )
        for off in (*Tri, *Tri, *Tri)
    ]
    address = Address(None, None, None)
    records = [
        dataclasses.replace(listing(chance, n, f"{n}", address, None), schedule=week) for n, week in enumerate(weeks)
    ]
    records.append(dataclasses.replace(records[0], id="list:always", schedule=Schedule(always=True)))
    by_id = {record.id: record for record in records}
    with store.open_directory(published(records, True)) as connection:
        known = index.of(connection)
        ids = {row["rowid"]: row["id"] for row in connection.execute("SELECT rowid, id FROM listing")}
        for hour in range(24 * 9):  # over Thanksgiving, and the Friday after it
            at = NOW + timedelta(hours=hour, minutes=chance.randrange(60))
            for order in (known.names, known.map):
                yes, no = known.open(at, order)
                for here in range(known.size):
                    rowid = known.rowids[here if order.by_name is None else order.by_name[here]]
                    said = Tri.YES if yes >> here & 1 else Tri.NO if no >> here & 1 else Tri.UNKNOWN
                    assert said is hours.is_open(by_id[ids[rowid]].schedule, at), (at, by_id[ids[rowid]])


def moment(chance: random.Random) -> time:
    return time(chance.randrange(24), chance.choice((0, 0, 15, 30, 45)))
