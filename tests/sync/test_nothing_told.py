"""What the lists say of where a refuge is, held against every column that is published: the demo and two real lists.

The check knows nothing of how places are withheld: it takes the untouched rows from work.db and looks for their
streets, ZIPs, points and towns in the published tables. A town that is a county served, or stands in a public name, is
no secret.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory import sync

from .conftest import NOW
from .test_real_lists import FILES

WHERE = re.compile(r"street|address|(?<!capa)city|zip|postal|lat|lon|coordinates|point", re.I)
STREET = re.compile(
    r"\b\d{2,6} (?:[NSEW]\. |North |South |East |West )[A-Z]"
    r"|\b\d{2,6} [A-Z][a-z]+(?: [A-Z][a-z]+)* (?:St|Ave|Rd|Blvd|Dr|Way|Ln|Ct|Row)\b"
)
NAMES = ("organization", "name")
PLAIN = ("id", "source_id", "source_row", "schedule", "as_of", "dated_on", "assured_on", "capacity_on")
FIELDS = ("address_1", "city", "postal_code", "state", "latitude", "longitude", "x", "y", "z")


@pytest.fixture(scope="module", params=["demo", *FILES])
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(made))
        if request.param == "demo":
            sync.load_demo(NOW)
        else:
            samples: Path = request.getfixturevalue("samples")
            sync.run(request.param, file=samples / FILES[request.param], now=NOW)
            sync.publish(NOW)
    return made


def rows(home: Path) -> Iterator[tuple[sqlite3.Row, dict[str, str], set[str], str]]:
    """Each confidential listing: its row, what its list says, the counties it serves, the labels of its phones."""
    with sqlite3.connect(home / "directory.db") as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("ATTACH ? AS work", (f"file:{home / 'work.db'}",))
        query = """SELECT listing.*, cells, headings FROM listing JOIN work.staged s USING (source_id)
                   JOIN work.raw_row r ON r.source_id = s.source_id AND r.row_id = s.row_id AND r.sha256 = s.raw_sha256
                   JOIN work.run ON run.number = r.first_run
                   WHERE listing.confidential = 1 AND s.row_id = source_row"""
        for row in connection.execute(query):
            own = (row["rowid"],)
            areas = connection.execute("SELECT lower(county) FROM service_area WHERE listing = ?", own)
            labels = connection.execute("SELECT label FROM phone WHERE listing = ? AND label <> ''", own)
            said = " | ".join(label for (label,) in labels)
            plain = json.loads(row["cells"])
            cells = plain if isinstance(plain, dict) else dict(zip(json.loads(row["headings"]), plain, strict=False))
            yield row, cells, {county for (county,) in areas}, said


def told(row: sqlite3.Row, cells: dict[str, str], counties: set[str], labels: str) -> Iterator[str]:
    shown = {name: row[name] for name in set(row.keys()) - {*PLAIN, "cells"} if isinstance(row[name], str)}
    secret = {text.strip().casefold() for path, text in cells.items() if WHERE.search(path)}
    for text in secret - counties:
        if len(text) < 4 or text in ("california", "null", "none", "online"):
            continue
        for name, value in (*shown.items(), ("labels", labels)):
            is_public = name in NAMES and not any(letter.isdigit() for letter in text)
            if text in value.casefold() and not is_public:
                yield f"{row['id']}: {name} tells {text!r}"
    for name, value in (*shown.items(), ("labels", labels)):
        if STREET.search(value) or re.search(r"\b9[0-6]\d{3}\b|maps\.|/maps/", value):
            yield f"{row['id']}: {name} reads like an address: {value!r}"


def test_no_column_of_a_confidential_listing_tells_where_it_is(home: Path) -> None:
    found = list(rows(home))
    assert len(found) >= 14
    assert [row["id"] for row, *_ in found if any(row[name] is not None for name in FIELDS)] == []
    assert {row["reach"] for row, *_ in found} == {"county"}
    assert [leak for item in found for leak in told(*item)] == []


def test_the_words_of_the_search_tell_it_neither(home: Path) -> None:
    with sqlite3.connect(home / "directory.db") as connection:
        for row, cells, _, _ in rows(home):
            streets = {text for path, text in cells.items() if re.search(r"street|address", path, re.I)}
            for number in {found.group() for text in streets if (found := re.match(r"\d{2,6}(?= )", text))}:
                query = "SELECT rowid FROM listing_word WHERE listing_word MATCH ? AND rowid = ?"
                said = f"{row['name']} {row['organization']} {row['description'] or ''}"
                hit = connection.execute(query, (f'"{number}"', row["rowid"])).fetchone()
                assert hit is None or re.search(rf"(?<!\d){number}(?!\d)", said)
