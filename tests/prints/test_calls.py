"""Which ten places are called this week, and what stands on the page: never a place whose address is secret."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path
from zlib import crc32

import pytest
from click.testing import CliRunner

from directory import store
from directory.cli import main
from directory.errors import PrintError
from directory.model import Address, Language, Listing, Need, Phone, PhoneKind, Provenance
from directory.prints.choosing import places_to_call
from directory.store import SourceRecord
from tests.prints.conftest import DAY, REAL, made, pages

OLD, LATELY = date(2025, 3, 1), date(2026, 10, 1)


def place(row: str, **said: object) -> Listing:
    """A food place of Stanislaus that nobody ever checked, unless told otherwise."""
    plain = Listing(
        id=f"list:{row}", organization=f"House {row}", name=f"House {row}",
        provenance=Provenance("list", row, "A list"),
        needs=(Need.FOOD,), counties=("Stanislaus",), phones=(Phone(f"+1209555{1000 + crc32(row.encode()) % 9000}"),),
        address=Address("1 Plum Street", "Modesto", "95354"),
    )  # fmt: skip
    return replace(plain, **said)


def published(home: Path, records: Iterable[Listing]) -> Path:
    file = home / "directory.db"
    store.write_directory(
        file, records=records, sources=[SourceRecord("list", "A list", as_of=date(2026, 6, 1))], publication="1",
        published_at=datetime(2026, 11, 20, tzinfo=timezone.utc),
    )  # fmt: skip
    return file


def called(
    home: Path, records: Iterable[Listing], counties: tuple[str, ...] = ("Stanislaus",), most: int = 10
) -> list[str]:
    with store.open_directory(published(home, records)) as connection:
        return [record.provenance.row for record in places_to_call(connection, counties, DAY, most)]


@pytest.mark.parametrize(
    "said",
    [
        {"confidential": True, "address": None},
        {"suspended_until": date(2026, 12, 24)},
        {"assured_on": LATELY},
        {"counties": ("Kern",)},
        {"phones": ()},
        {"phones": (Phone("+12095559999", kind=PhoneKind.FAX),)},
    ],
    ids=["secret", "closed for a time", "checked lately", "another county", "no phone", "a fax alone"],
)
def test_who_is_not_called(said: dict[str, object], tmp_path: Path) -> None:
    assert called(tmp_path, [place("a"), place("b", **said)]) == ["a"]


def test_never_checked_comes_before_checked_long_ago(tmp_path: Path) -> None:
    records = [place("a", assured_on=date(2026, 2, 1)), place("b", assured_on=OLD), place("c")]
    assert called(tmp_path, records) == ["c", "b", "a"]


def test_food_housing_and_rides_take_turns_before_the_rest(tmp_path: Path) -> None:
    records = [
        place("legal", needs=(Need.LEGAL,)),
        *(place(f"food{number}") for number in range(3)),
        place("ride", needs=(Need.TRANSPORT,)),
        place("bed", needs=(Need.HOUSING,)),
    ]
    assert called(tmp_path, records) == ["food0", "bed", "ride", "food1", "food2", "legal"]


def test_one_phone_is_called_once(tmp_path: Path) -> None:
    same = (Phone("+12095550123"),)
    assert called(tmp_path, [place("a", phones=same), place("b", phones=same), place("c")]) == ["a", "c"]


def test_statewide_lines_count_everywhere_and_no_county_means_all(tmp_path: Path) -> None:
    records = [place("a", counties=(), statewide=True), place("b", counties=("Kern",))]
    assert called(tmp_path, records) == ["a"]
    (tmp_path / "directory.db").unlink()
    assert called(tmp_path, records, counties=()) == ["a", "b"]


def test_ten_at_most(tmp_path: Path) -> None:
    assert len(called(tmp_path, [place(f"n{number:02d}") for number in range(30)])) == 10


def test_a_called_place_makes_room_for_the_next(tmp_path: Path) -> None:
    records = [place(f"n{number:02d}") for number in range(12)]
    first = called(tmp_path, records)
    (tmp_path / "directory.db").unlink()
    checked = [replace(item, assured_on=DAY) if item.provenance.row in first else item for item in records]
    assert called(tmp_path, checked) == ["n10", "n11"]


def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    hidden = place("hidden", name="Casa Oculta", confidential=True, address=None)
    long = place(
        "long",
        name="Iglesia de la Santísima Trinidad y Centro de Alimentos para Familias Campesinas " * 2,
        needs=(Need.HOUSING,),
    )
    published(tmp_path, [*(place(f"n{number:02d}") for number in range(11)), hidden, long])
    found = made("calls", REAL, tmp_path)
    assert set(found) == {"calls_en.pdf", "calls_es.pdf"}
    for data in found.values():
        [page] = pages(data)
        assert sum(f"list:n{number:02d}" in page.text for number in range(11)) == 9
        assert "list:long" in page.text and "Casa Oculta" not in page.text
        assert page.says("puente edit ID --checked") and page.says("Kite Community Health Center")
        assert page.says("209-555-") and page.says("1 Plum Street, Modesto")
        inside = [
            letter
            for letter in page.letters
            if 2 <= letter["x0"] <= letter["x1"] <= page.width - 2 and letter["bottom"] < page.height - 2
        ]
        assert len(inside) == len(page.letters)


def test_nobody_to_call_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    published(tmp_path, [place("a", assured_on=LATELY)])
    with pytest.raises(PrintError, match=r"Stanislaus, San Joaquin needs a call now"):
        made("calls", REAL, tmp_path, [Language.EN])


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with settings and no directory."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "settings.yml").write_text('clinic: "Kite"\npublic_address: "https://ask.example.org"\n', "utf-8")
    return tmp_path


def test_all_papers_but_those_that_cannot_be(clinic: Path) -> None:
    done = CliRunner().invoke(main, ["print", "all", "--output", str(clinic / "out"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    names = sorted(path.name for path in (clinic / "out").iterdir())
    assert names == sorted(Path(file).name for file in told["files"])
    assert "leaflet.pdf" in names and "sign_11x17.pdf" in names and "calls_en.pdf" not in names
    [left] = told["left_out"]
    assert left.startswith("calls: There is no published directory")


def test_a_dry_run_writes_nothing(clinic: Path) -> None:
    done = CliRunner().invoke(main, ["print", "leaflet", "--dry-run"])
    assert done.exit_code == 0 and "Would write" in done.output and "leaflet.pdf" in done.output
    assert not (clinic / "prints").exists()


def test_without_a_folder_papers_lie_in_the_home_and_are_made_anew(clinic: Path) -> None:
    for _ in range(2):
        done = CliRunner().invoke(main, ["print", "leaflet", "--language", "es"])
        assert done.exit_code == 0 and str(clinic / "prints" / "leaflet_es.pdf") in done.output
        assert "your own phone" in done.output and "DEMO" not in done.output
    assert [path.name for path in (clinic / "prints").iterdir()] == ["leaflet_es.pdf"]


def test_a_folder_that_cannot_be_written_is_one_sentence(clinic: Path) -> None:
    (clinic / "taken").write_text("a file", "utf-8")
    done = CliRunner().invoke(main, ["print", "sign", "--output", str(clinic / "taken" / "below")])
    assert done.exit_code == 1 and "cannot be written" in done.output and "Traceback" not in done.output


def test_a_paper_that_cannot_take_its_place_leaves_nothing_half_made(clinic: Path) -> None:
    (clinic / "out" / "leaflet_es.pdf").mkdir(parents=True)
    done = CliRunner().invoke(main, ["print", "leaflet", "--language", "es", "--output", str(clinic / "out")])
    assert done.exit_code == 1 and "cannot be written" in done.output
    assert [path.name for path in (clinic / "out").iterdir()] == ["leaflet_es.pdf"]


def test_a_useless_paper_is_refused_with_what_to_set(clinic: Path) -> None:
    (clinic / "settings.yml").write_text('clinic: "Kite"\n', "utf-8")
    done = CliRunner().invoke(main, ["print", "leaflet"])
    assert done.exit_code == 1 and "public_address" in done.output and "puente setup" in done.output
    assert not (clinic / "prints").exists()
