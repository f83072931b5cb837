"""An address that names no spot ("Various") gives no distance as if it were one: the middle of a town is "about"."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory import places, search, store, sync
from directory.model import Language, Place
from directory.sync import where
from directory.text import listing as words

from .conftest import NOW, ROWS, Sync


@pytest.mark.parametrize("street", ["Various", "VARIOUS", "Multiple locations", "Call for address", "Merced", "", None])
def test_what_names_no_spot_is_no_street(street: str | None) -> None:
    assert not where.is_street(street, "Merced")


@pytest.mark.parametrize("street", ["437 S 1st", "Main and G", "Call Street 4", "Fairgrounds", "100 Merced Ave"])
def test_a_street_or_a_spot_with_a_name_is_one(street: str) -> None:
    assert where.is_street(street, "Merced")


def test_various_in_a_town_is_about_so_far(refresh: Sync, home: Path) -> None:
    refresh(*(row.replace("1 Kite Row,", "Various,", 1) if row.startswith("1,") else row for row in ROWS))
    sync.publish(NOW)
    here = places.resolve("93701")
    assert isinstance(here, Place)
    with store.open_directory() as connection:
        various, street = (store.listing(connection, f"small:{number}") for number in (1, 2))
    told = words.line(search.hit(various, now=NOW, place=here), Language.EN)
    assert "Various" in told and "about a mile away" in told and "0." not in told
    assert "about" not in words.line(search.hit(street, now=NOW, place=here), Language.EN)
