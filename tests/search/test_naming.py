"""A place by its name: surely the one, or those that may be meant; never a guess between two."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from directory import store
from directory.model import Listing, Need, Provenance
from directory.search import named

AS_OF = date(2026, 10, 1)
NAMES = ("Casa Peña", "Casa Peña North", "Hope House", "Hope  House", "O’Brien Shelter")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    records = [
        Listing(
            id=f"list:{number}",
            organization=f"Org {number}",
            name=name,
            counties=("Kern",),
            needs=(Need.FOOD,),
            provenance=Provenance("list", str(number), "A list", AS_OF),
        )
        for number, name in enumerate(NAMES)
    ]
    path = tmp_path / "directory.db"
    when = datetime(2026, 11, 1, tzinfo=timezone.utc)
    sources = [store.SourceRecord("list", "A list", as_of=AS_OF)]
    store.write_directory(path, records=records, sources=sources, publication="test", published_at=when)
    return path


@pytest.mark.parametrize(
    ("text", "exact", "perhaps"),
    [
        ("CASA PENA", "list:0", []),  # its whole name, though another begins with it
        ("casa peña north", "list:1", []),
        ("obrien shelter", "list:4", []),
        ("org 3", "list:3", []),
        ("casa", None, ["list:0", "list:1"]),
        ("hope house", None, ["list:2", "list:3"]),  # two that bear the same name
        ("nobody", None, []),
        ("...", None, []),
    ],
)
def test_a_name_is_one_place_or_a_choice(text: str, exact: str | None, perhaps: list[str], published: Path) -> None:
    found = named(text, published)
    assert (found.exact.id if found.exact else None) == exact
    assert sorted(item.id for item in found.perhaps) == perhaps
    assert found.total == len(perhaps)
