"""HSDS 3 in: what each shape of it becomes, what is said nearest, and which hours are sure."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory import hours
from directory.errors import UnreadableList
from directory.model import Need
from directory.sync import formats, parse
from directory.sync.normalize import Draft, normalize
from directory.sync.problems import Code, Problem
from directory.sync.source import Layout, Source, load

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "hsds-3.0" / "examples"
beside = pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared/samples is not beside the project")
Cells = dict[str, str]

ORGANIZATION: dict[str, Any] = {
    "id": "o1",
    "name": "Sierra Food Bank",
    "description": "",
    "phones": [{"id": "p3", "number": "559-555-0103"}],
    "organization_identifiers": [{"id": "i", "identifier_type": "NPI", "identifier": "1407071236"}],
}
LOCATION: dict[str, Any] = {
    "id": "l1",
    "location_type": "physical",
    "latitude": 36.74,
    "longitude": -119.78,
    "addresses": [
        {"address_1": "PO Box 3", "city": "Clovis", "address_type": "postal"},
        {"address_1": "1 Kite Row", "address_2": "Suite 2", "city": "Fresno", "state_province": "CA",
         "postal_code": "93701", "address_type": "physical"},
    ],
    "accessibility": [{"description": "Wheelchair accessible"}],
    "schedules": [{"freq": "WEEKLY", "byday": "SA", "opens_at": "09:00", "closes_at": "12:00"}],
}  # fmt: skip
SERVICE: dict[str, Any] = {
    "id": "s1",
    "name": "Pantry",
    "description": "Food for a week",
    "status": "active",
    "organization": ORGANIZATION,
    "assured_date": "2026-10-01",
    "service_areas": [{"name": "Fresno County"}],
    "languages": [{"code": "es"}, {"name": "Hmong"}],
    "service_at_locations": [{"id": "sl1", "location": LOCATION}, {"id": "sl2", "location": {**LOCATION, "id": "l2"}}],
}


def read(data: bytes) -> list[tuple[int, Cells, Code | None]]:
    return list(formats.read(data, Layout("hsds"), "list").rows)


def rows(plain: object) -> list[Cells]:
    return [cells for _, cells, _ in read(json.dumps(plain).encode())]


def row(**more: Any) -> Cells:
    return rows({**SERVICE, **more})[0]


@pytest.mark.parametrize(
    "plain",
    [
        SERVICE,
        [SERVICE],
        {"total_items": 1, "contents": [SERVICE], "size": 1},
        {**ORGANIZATION, "services": [{key: value for key, value in SERVICE.items() if key != "organization"}]},
        [{"id": sal["id"], "location": sal["location"], "service": SERVICE} for sal in SERVICE["service_at_locations"]],
    ],
    ids=["a service", "a list", "a page", "an organization", "service at locations"],
)
def test_every_shape_gives_a_row_for_each_place(plain: object) -> None:
    found = rows(plain)
    assert [cells["id"] for cells in found] == ["sl1", "sl2"]
    assert {cells["organization"] for cells in found} == {"Sierra Food Bank"}


def test_one_object_a_line() -> None:
    data = "\n".join(json.dumps({**SERVICE, "service_at_locations": [], "id": key}) for key in "abc").encode()
    assert [(line, cells["id"]) for line, cells, _ in read(data)] == [(1, "a"), (2, "b"), (3, "c")]


def test_what_is_said() -> None:
    found = row()
    assert found["address_1"] == "1 Kite Row, Suite 2"
    assert found["mailing_address"] == "PO Box 3, Clovis"
    assert (found["latitude"], found["longitude"]) == ("36.74", "-119.78")
    assert found["counties[0]"] == "Fresno County"
    assert (found["languages[0]"], found["languages[1]"]) == ("Spanish", "Hmong")
    assert (found["wheelchair"], found["npi"], found["assured_on"]) == ("yes", "1407071236", "2026-10-01")
    assert found["hours_text"] == "Sat 9:00 AM - 12:00 PM"


@pytest.mark.parametrize(
    ("place", "more", "phone"),
    [
        ({}, {}, "559-555-0103"),
        ({}, {"phones": [{"number": "559-555-0102"}]}, "559-555-0102"),
        ({"phones": [{"number": "559-555-0101"}]}, {"phones": [{"number": "559-555-0102"}]}, "559-555-0101"),
    ],
)
def test_the_nearest_phone_counts(place: dict[str, Any], more: dict[str, Any], phone: str) -> None:
    found = row(**more, service_at_locations=[{"id": "sl1", "location": LOCATION, **place}])
    assert found["phones[0].number"] == phone
    assert "phones[1].number" not in found


def test_phones_keep_kind_extension_and_what_they_are_for() -> None:
    phones = [{"number": "559-555-0101", "extension": 12, "description": "Intake"}, {"number": "711", "type": "tty"}]
    found = row(phones=phones)
    assert (found["phones[0].extension"], found["phones[0].label"]) == ("12", "Intake")
    assert found["phones[1].number"] == "TTY: 711"


def test_programs_that_we_know_by_name_and_categories_for_the_source_file() -> None:
    terms = [{"taxonomy_term": {"name": name, "code": "x", "taxonomy": "211"}} for name in ("CalFresh", "Gardening")]
    found = row(attributes=terms)
    assert found["programs[0]"] == "CalFresh"
    assert "programs[1]" not in found
    assert (found["topics[1].name"], found["topics[1].code"]) == ("Gardening", "x")


WEEK = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("schedules", "text"),
    [
        ([WEEK], "Mon, Tue 9:00 AM - 5:00 PM"),
        ([WEEK, {**WEEK, "byday": "FR"}], "Mon, Tue, Fri 9:00 AM - 5:00 PM"),
        ([{**WEEK, "valid_from": "2026-01-01"}], "Mon, Tue 9:00 AM - 5:00 PM"),
        ([{**WEEK, "closes_at": "17:00-08:00"}], "Mon, Tue 9:00 AM - 5:00 PM"),
        ([{**WEEK, "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59"}],
         "24 hours a day, 7 days a week"),
        ([{**WEEK, "description": "Mon & Tue 9am-5pm"}], "Mon & Tue 9am-5pm"),
        ([{"description": "Mon-Fri 9am-5pm"}], "Mon-Fri 9am-5pm"),
    ],
)  # fmt: skip
def test_hours_that_are_sure(schedules: list[object], text: str) -> None:
    found = row(schedules=schedules)["hours_text"]
    assert found == text
    assert hours.parse(found) is not None


@pytest.mark.parametrize(
    "more",
    [
        {"freq": "MONTHLY"},
        {"interval": 2},
        {"byday": "1MO"},
        {"byday": ""},
        {"bymonthday": "1,15"},
        {"valid_to": "2026-12-24"},
        {"until": "2026-12-24"},
        {"count": 3},
        {"valid_from": "2026-12-24"},
        {"opens_at": "17:00Z"},
        {"opens_at": "9 o'clock"},
        {"closes_at": ""},
        {"closes_at": "09:00"},
        {"description": "By appointment, and not in the first week"},
        {"description": "Mon-Fri 9am-5pm"},
        {"description": "Mon-Tue 9am-5pm", "valid_to": "2026-12-24"},
        {"description": "Mon-Tue 9am-5pm", "notes": "except the second Tuesday"},
    ],
)
def test_hours_that_are_not_sure_stay_a_text(more: dict[str, Any]) -> None:
    found = row(schedules=[{**WEEK, **more}])["hours_text"]
    assert found
    assert hours.parse(found) is None


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_a_service_that_is_closed_says_so(status: str) -> None:
    assert row(status=status)["status"] == status


def package(**tables: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"{name}.csv", text)
    return out.getvalue()


TABLES = {
    "organizations": "id,name,description\no1,Sierra Food Bank,\no2,Nobody's,\n",
    "services": "id,organization_id,name,status\ns1,o1,Pantry,active\n",
    "service_at_location": "id,service_id,location_id\nsl1,s1,l1\n",
    "locations": "id,location_type\nl1,physical\n",
    "addresses": "id,location_id,address_1,city,address_type\na1,l1,1 Kite Row,Fresno,physical\n",
    "phones": "id,service_id,organization_id,number\np1,s1,,559-555-0101\np2,,o2,559-555-0102\n",
    "attributes": "id,link_id,taxonomy_term_id,link_entity\nt1,s1,x1,service\n",
    "taxonomy_terms": "id,name,code\nx1,Gardening,G1\n",
}


def test_the_tables_of_a_package_are_put_together() -> None:
    first, second = (cells for _, cells, _ in read(package(**TABLES)))
    assert (first["organization"], first["address_1"], first["phones[0].number"]) == (
        "Sierra Food Bank",
        "1 Kite Row",
        "559-555-0101",
    )
    assert first["topics[0].name"] == "Gardening"
    assert (second["organization"], second["phones[0].number"]) == ("Nobody's", "559-555-0102")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b'{"a": 1}',
        b'[{"id": "1"',
        b"[" * 50_000,
        b"\xff\xfe",
        b"PK\x03\x04torn",
        package(notes="a\n1\n"),
    ],
)
def test_what_is_no_hsds_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableList):
        read(data)


def test_a_key_that_stands_twice_is_told() -> None:
    (line, _, damage), *_ = read(b'[{"id": "1", "status": "active", "name": "a", "name": "b"}]')
    assert (line, damage) == (1, Code.DAMAGED_ROW)


@beside
@pytest.mark.parametrize(
    "name",
    ["service_full", "organization_full", "service_at_location_full", "service_list", "service_at_location_list"],
)
def test_the_examples_of_the_standard(name: str) -> None:
    (cells,) = rows(json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")))
    assert cells["name"] == "Community Counselling"
    assert cells["organization"] == "Example Organization Inc."
    if name.endswith("_full"):
        assert (cells["phones[0].number"], cells["phones[0].extension"]) == ("+44 1234 234567", "100")
        assert hours.parse(cells["hours_text"]) is None


@beside
@pytest.mark.parametrize("name", ["taxonomy", "taxonomy_term", "location", "base"])
def test_what_is_no_service_is_refused(name: str) -> None:
    with pytest.raises(UnreadableList):
        rows(json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")))


@beside
def test_the_tables_of_the_standard() -> None:
    tables = {path.stem: path.read_text(encoding="utf-8") for path in (SAMPLES / "csv").glob("*.csv")}
    ((_, cells, _),) = read(package(**tables))
    assert (cells["name"], cells["organization"]) == ("Community Counselling", "Example Organization Inc.")


SOURCE = """
id: mine
title: Ours
format: {kind: hsds}
columns:
  topics: {from: "topics[].name", words: {gardening: food}}
"""


def test_a_source_file_needs_no_columns_and_its_own_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mine.yml").write_text(SOURCE, encoding="utf-8")
    source = load("mine")
    assert source.columns["topics"].words == {"gardening": ("food",)}
    assert source.columns["address_1"].parts[0].path == "address_1"
    assert (source.row_id, source.required) == (("id",), frozenset())
    plain = {**SERVICE, "attributes": [{"taxonomy_term": {"name": "Gardening", "taxonomy": "211"}}]}
    first, closed = rows_of_list(json.dumps([plain, {**plain, "id": "s2", "status": "inactive"}]).encode(), source)
    assert isinstance(first, Draft)
    assert first.listing.needs == (Need.FOOD,)
    assert first.listing.counties == ("Fresno",)
    assert isinstance(closed, Problem)
    assert closed.code == Code.CLOSED


def rows_of_list(data: bytes, source: Source) -> tuple[Draft | Problem, Draft | Problem]:
    """The first and the last row, normalized."""
    found = list(parse.rows(data, source, name="list"))
    today = date(2026, 11, 21)
    first, last = (normalize(row, source, identity=row.cells["id"], today=today) for row in (found[0], found[-1]))
    return first, last
