"""FHIR Plan-Net: what becomes a row, what is told of a resource that is wrong, and what is never followed."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from directory import hours as reader
from directory import sync
from directory.errors import UnreadableList
from directory.sync import formats
from directory.sync.problems import Code
from directory.sync.source import Layout

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "plan-net"
beside = pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared/samples is not beside the project")
PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition"
Cells = dict[str, str]

ORGANIZATION = {
    "resourceType": "Organization",
    "id": "o1",
    "active": True,
    "name": "Sierra Meals",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1407071236"}],
    "telecom": [{"system": "url", "value": "https://meals.example.org"}],
}
LOCATION = {
    "resourceType": "Location",
    "id": "l1",
    "status": "active",
    "name": "Sierra Meals Fresno",
    "address": {"line": ["1 Kite Row", "Suite 2"], "city": "Fresno", "state": "CA", "postalCode": "937011234"},
    "managingOrganization": {"reference": "Organization/o1"},
    "telecom": [{"system": "phone", "value": "559-555-0101"}, {"system": "fax", "value": "559-555-0102"}],
}
SERVICE = {
    "resourceType": "HealthcareService",
    "id": "s1",
    "name": "Home meals",
    "providedBy": {"reference": "Organization/o1"},
    "location": [{"reference": "Location/l1"}],
    "category": [{"coding": [{"code": "food", "display": "Food"}]}],
}


def ndjson(*resources: object) -> bytes:
    return b"\n".join(json.dumps(resource).encode() for resource in resources)


def read(data: bytes) -> list[tuple[int, Cells, Code | None]]:
    return list(formats.read(data, Layout("fhir"), "list").rows)


def rows(*resources: object) -> list[Cells]:
    return [cells for _, cells, damage in read(ndjson(*resources)) if damage is None]


def told(*resources: object) -> dict[Code, list[str]]:
    """Code -> what is told of the resources that are wrong."""
    found: dict[Code, list[str]] = {}
    for _, cells, damage in read(ndjson(*resources)):
        if damage:
            found.setdefault(damage, []).extend(cells.values())
    return found


def test_a_service_at_a_place_takes_each_thing_from_where_it_is_said_nearest() -> None:
    (row,) = rows(ORGANIZATION, LOCATION, {**SERVICE, "telecom": [{"system": "phone", "value": "559-555-0103"}]})
    assert row["organization"] == "Sierra Meals"
    assert row["name"] == "Home meals"
    assert row["phones[0].number"] == "559-555-0103"
    assert "phones[1].number" not in row
    assert row["url"] == "https://meals.example.org"
    assert (row["address_1"], row["postal_code"]) == ("1 Kite Row, Suite 2", "93701-1234")
    assert row["npi"] == "1407071236"
    assert row["topics[0].name"], row["topics[0].code"] == ("Food", "food")


def test_a_row_for_each_place_of_a_service_and_for_a_place_without_one() -> None:
    second = {**LOCATION, "id": "l2"}
    third = {**LOCATION, "id": "l3"}
    service = {**SERVICE, "location": [{"reference": "Location/l1"}, {"reference": "Location/l2"}]}
    assert [row["id"] for row in rows(ORGANIZATION, LOCATION, second, third, service)] == ["s1.l1", "s1.l2", "l3"]


def test_an_affiliation_gives_the_places_that_no_service_names() -> None:
    affiliation = {
        "resourceType": "OrganizationAffiliation",
        "id": "a1",
        "participatingOrganization": {"reference": "Organization/o1"},
        "location": [{"reference": "Location/l1"}],
        "code": [{"text": "Meals"}],
    }
    (row,) = rows(ORGANIZATION, LOCATION, affiliation)
    assert (row["id"], row["topics[0].name"]) == ("a1.l1", "Meals")


def test_persons_and_plans_are_no_partners() -> None:
    person = {"resourceType": "Practitioner", "id": "p1", "name": [{"text": "Somebody"}]}
    plan = {"resourceType": "InsurancePlan", "id": "i1", "name": "Another plan"}
    found = rows(ORGANIZATION, LOCATION, SERVICE, person, plan)
    assert len(found) == 1
    assert not any("plan" in name for name in found[0])


@pytest.mark.parametrize(
    ("wrong", "code", "where"),
    [
        ({"identifier": [{"system": "x", "value": 426637}]}, Code.WRONG_TYPE, "identifier.value 426637"),
        ({"name": 7}, Code.WRONG_TYPE, "name 7"),
        ({"active": "true"}, Code.WRONG_TYPE, "active true"),
        ({"telecom": {"system": "phone", "value": "559-555-0101"}}, Code.WRONG_TYPE, "telecom not a list"),
        ({"partOf": {"reference": "Organization/nobody"}}, Code.BROKEN_REFERENCE, "partOf Organization/nobody"),
        ({"partOf": {"reference": "https://fhir.example.org/Organization/2"}}, Code.OTHER_SERVER, "partOf https://"),
        ({"partOf": {"reference": "Organization/o1"}}, Code.CIRCULAR_REFERENCE, "partOf"),
        ({"partOf": {"reference": "#inside"}}, Code.BROKEN_REFERENCE, "partOf #inside"),
    ],
)
def test_what_is_wrong_is_told_and_the_row_is_there_all_the_same(wrong: dict[str, Any], code: Code, where: str) -> None:
    resources = ({**ORGANIZATION, **wrong}, LOCATION, SERVICE)
    (row,) = rows(*resources)
    assert row["phones[0].number"] in ("559-555-0101",)
    assert [text for text in told(*resources)[code] if f"Organization/o1 {where}" in text]


def test_a_number_that_should_be_a_text_is_read_as_one() -> None:
    npi = {"identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": 1407071236}]}
    assert rows({**ORGANIZATION, **npi}, LOCATION, SERVICE)[0]["npi"] == "1407071236"


def test_a_long_circle_ends() -> None:
    parts = [{**ORGANIZATION, "id": f"o{n}", "partOf": {"reference": f"Organization/o{n % 3 + 1}"}} for n in (1, 2, 3)]
    assert len(told(*parts, LOCATION)[Code.CIRCULAR_REFERENCE]) == 3


def test_a_bundle_says_the_full_address_of_what_is_in_it() -> None:
    base = "https://fhir.example.org/r4"
    service = {**SERVICE, "providedBy": {"reference": f"{base}/Organization/o1"}, "location": []}
    entries = [{"fullUrl": f"{base}/{r['resourceType']}/{r['id']}", "resource": r} for r in (ORGANIZATION, service)]
    found = read(ndjson({"resourceType": "Bundle", "type": "searchset", "entry": entries}))
    assert [(cells["organization"], damage) for _, cells, damage in found] == [("Sierra Meals", None)]


def test_orders_to_a_server_are_no_list() -> None:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": SERVICE}]}
    with pytest.raises(UnreadableList, match="no FHIR resource"):
        read(ndjson(bundle))


def test_a_line_that_is_no_json_is_told_and_the_others_count() -> None:
    data = ndjson(ORGANIZATION, LOCATION) + b'\n{"resourceType": "Loca\n' + ndjson(SERVICE)
    found = read(data)
    assert [damage for *_, damage in found] == [Code.DAMAGED_ROW, None]


@pytest.mark.parametrize("data", [b"[]", b'{"a": 1}', b"PK\x03\x04torn", b"\xff\xfe\xff", b"[[[[", b"{" * 100_000])
def test_what_is_no_fhir_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableList):
        read(data)


def test_inactive_says_so() -> None:
    assert rows(ORGANIZATION, {**LOCATION, "status": "suspended"}, SERVICE)[0]["status"] == "suspended"
    assert rows({**ORGANIZATION, "active": False}, LOCATION, SERVICE)[0]["status"] == "inactive"


@pytest.mark.parametrize(
    ("times", "more", "hours"),
    [
        ([{"daysOfWeek": ["mon", "tue"], "availableStartTime": "08:00:00", "availableEndTime": "17:00:00"}], {},
         "Mon, Tue 8:00 AM - 5:00 PM"),
        ([{"daysOfWeek": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "allDay": True}], {},
         "24 hours a day, 7 days a week"),
        # Without days, with an exception, with half of the hours: a text, and nobody takes it for hours.
        ([{"allDay": True}], {}, None),
        ([{"daysOfWeek": ["mon"], "availableStartTime": "08:00:00"}], {}, None),
        ([{"daysOfWeek": ["mon"], "availableStartTime": "08:00:00", "availableEndTime": "17:00:00"}],
         {"availabilityExceptions": "closed in August"}, None),
        ([{"daysOfWeek": ["mon"], "availableStartTime": "08:00:00", "availableEndTime": "17:00:00"}],
         {"notAvailable": [{"description": "Thanksgiving"}]}, None),
    ],
)  # fmt: skip
def test_hours_only_when_they_are_sure(times: list[object], more: dict[str, Any], hours: str | None) -> None:
    text = rows(ORGANIZATION, LOCATION, {**SERVICE, "availableTime": times, **more})[0]["hours_text"]
    assert text == hours if hours else reader.parse(text) is None
    assert (reader.parse(text) is not None) == (hours is not None)


@pytest.mark.parametrize(
    ("codes", "taking"),
    [(["newpt"], "yes"), (["nopt"], "no"), (["existptonly"], "no"), (["newpt", "nopt"], None), ([], None)],
)  # fmt: skip
def test_new_patients_is_taking_referrals_where_all_networks_agree(codes: list[str], taking: str | None) -> None:
    extension = [
        {
            "url": f"{PLAN_NET}/newpatients",
            "extension": [{"url": "acceptingPatients", "valueCodeableConcept": {"coding": [{"code": code}]}}],
        }
        for code in codes
    ]
    assert rows(ORGANIZATION, LOCATION, {**SERVICE, "extension": extension})[0].get("taking_referrals") == taking


def test_access_languages_and_terms() -> None:
    access = {"url": f"{PLAN_NET}/accessibility", "valueCodeableConcept": {"coding": [{"code": "adacomp"}]}}
    service = {
        **SERVICE,
        "communication": [{"coding": [{"code": "es", "display": "Spanish"}]}],
        "appointmentRequired": True,
        "serviceProvisionCode": [{"coding": [{"code": "free"}]}],
    }
    row = rows(ORGANIZATION, {**LOCATION, "extension": [access]}, service)[0]
    assert (row["wheelchair"], row["languages[0]"], row["by_appointment"], row["fee"]) == (
        "yes",
        "Spanish",
        "yes",
        "no",
    )


def zipped(paths: list[Path]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in paths:
            archive.write(path, path.name)
    return out.getvalue()


@beside
def test_the_real_list_is_read_whole_and_its_wrong_types_are_told() -> None:
    found = read(zipped(sorted(SAMPLES.glob("*.ndjson"))))
    assert Counter(damage for *_, damage in found) == {None: 649, Code.WRONG_TYPE: 118}
    good = [cells for _, cells, damage in found if damage is None]
    assert all(row.get("organization") and row.get("city") and row.get("hours_text") for row in good)


@beside
def test_the_examples_of_the_guide() -> None:
    found = read(zipped(sorted((SAMPLES / "ig-examples").glob("*.json"))))
    names = {cells.get("name") for _, cells, damage in found if damage is None}
    assert "Pharmacy by PharmChain" in names
    assert len({cells["id"] for _, cells, damage in found if damage is None}) == len(found) - sum(
        damage is not None for *_, damage in found
    )


def test_what_a_reader_notes_beside_the_rows_is_no_row_that_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "sources").mkdir()
    text = "id: net\ntitle: Net\nas_of: 2026-11-01\nformat: {kind: fhir}\ncolumns: {}\ndefaults: {topics: food}\n"
    (tmp_path / "sources" / "net.yml").write_text(text, encoding="utf-8")
    (tmp_path / "net.ndjson").write_bytes(ndjson({**ORGANIZATION, "active": "true"}, LOCATION, SERVICE))
    report = sync.run("net", file=tmp_path / "net.ndjson", now=datetime(2026, 11, 21, tzinfo=timezone.utc))
    assert (report.rows, report.drafts, report.refused) == (1, 1, 0)
    told = report.to_text()
    assert "Kept, but look at" in told.split("Left out: 0")[1] and "active true" in told
