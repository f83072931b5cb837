"""The published file is replaced again and again while people ask: no failed and no torn read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import store
from directory.model import Listing, Need, Place, PlaceKind, Provenance, Reach
from directory.search import Query, SearchResult, index, search

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
MODESTO = Place(PlaceKind.ZIP, "Modesto", "Stanislaus", "95354", 37.64, -120.99)
QUERIES = (
    Query(need=Need.FOOD, place=MODESTO, limit=20),
    Query(text="mesa", limit=20),
    Query(plan="kaiser", open_now=True, limit=20),
)
PUBLICATIONS = 4
SWAPS = 120


def listings(publication: int) -> Iterator[Listing]:
    """Each publication has another number of listings, all of which say which one it is."""
    for number in range(30 + publication):
        yield Listing(
            id=f"list:{number}",
            organization=f"Mesa {number}",
            name=f"Mesa {number}",
            provenance=Provenance("list", str(number), "A list", date(2026, 10, 1)),
            description=f"publication {publication}",
            needs=(Need.FOOD,),
            plans=("kaiser",),
            counties=("Stanislaus",),
            # In every other publication the rows stand in another order.
            reach=Reach.DISTANCE if (number + publication) % 2 else Reach.COUNTY,
            latitude=37.64 + number / 500,
            longitude=-120.99,
        )


def written(path: Path, publication: int, *, indexed: bool) -> Path:
    store.write_directory(
        path,
        records=listings(publication),
        sources=[store.SourceRecord("list", "A list", as_of=date(2026, 10, 1))],
        publication=f"publication {publication}",
        published_at=datetime(2026, 11, 1, tzinfo=timezone.utc),
    )
    if indexed:
        with sqlite3.connect(path) as connection:
            index.build(connection)
        connection.close()
    return path


def torn(result: SearchResult) -> str | None:
    said = {hit.listing.description for hit in result.hits}
    totals = {f"publication {result.total - 30}"}
    return None if said == totals and len(result.hits) == 20 else f"{said}, {result.total}, {len(result.hits)}"


@pytest.mark.parametrize("indexed", [True, False])
def test_a_search_reads_one_publication_while_the_file_is_replaced(tmp_path: Path, indexed: bool) -> None:
    kept = [written(tmp_path / f"{number}.db", number, indexed=indexed) for number in range(PUBLICATIONS)]
    path, done = tmp_path / "directory.db", threading.Event()

    def publish(number: int) -> None:
        aside = tmp_path / "aside.db"
        aside.write_bytes(kept[number % PUBLICATIONS].read_bytes())
        aside.replace(path)

    def ask(query: Query) -> tuple[int, set[int], list[str]]:
        asked, seen, faults = 0, set(), []
        while not done.is_set() or not asked:
            result = search(query, now=NOW, path=path)
            asked, seen = asked + 1, seen | {result.total}
            faults += [fault for fault in [torn(result)] if fault]
        return asked, seen, faults

    publish(0)
    with ThreadPoolExecutor(6) as pool:
        askers = [pool.submit(ask, query) for query in (*QUERIES, *QUERIES)]
        for number in range(SWAPS):
            publish(number)
            done.wait(0.005)
        done.set()
        answers = [asker.result(30) for asker in askers]
    assert [fault for _, _, faults in answers for fault in faults] == []
    assert all(asked >= 10 for asked, _, _ in answers)
    assert len(set().union(*(seen for _, seen, _ in answers))) == PUBLICATIONS, "the swaps were seen"


def test_what_is_kept_is_that_of_the_last_two_publications(tmp_path: Path) -> None:
    for number in range(5):
        search(QUERIES[0], now=NOW, path=written(tmp_path / f"{number}.db", number, indexed=True))
    assert len(index.LOADED) == 2


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = written(tmp_path / "directory.db", 1, indexed=True)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE search_index SET data = x'00'")
    connection.close()
    assert search(QUERIES[0], now=NOW, path=path).total == 31
