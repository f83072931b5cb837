"""Each folder in cases/ is a list as somebody sends it and what must come of it; every shipped source has one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory import sync
from directory.model import Listing, Phone, PhoneKind
from directory.sync import source, stage
from directory.sync.record import from_json, plain

from .conftest import NOW

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
SHIPPED = Path(source.__file__).parent / "sources"


def test_every_shipped_source_has_a_case() -> None:
    own = {"puente_csv", "puente_hsds", "puente_template"}  # what Puente itself writes is read back beside its writer
    assert {path.stem for path in SHIPPED.glob("*.yml")} - own <= {case.name for case in CASES}


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    folder: Path = request.param
    for own in folder.glob(f"{folder.name}.yml"):
        (tmp_path / "sources").mkdir()
        shutil.copy(own, tmp_path / "sources")
    return folder


def test_case(case: Path) -> None:
    expected = yaml.safe_load((case / "expected.yml").read_text(encoding="utf-8"))
    report = sync.run(case.name, file=next(case.glob("raw.*")), now=NOW)
    with stage.open_work() as work:
        query = "SELECT draft FROM staged WHERE source_id = ? AND draft IS NOT NULL AND ended_on IS NULL"
        listings = [from_json(draft) for (draft,) in work.execute(query, (case.name,))]
    by_name = expected.get("row_ids") == "by_name"
    shown = {listing.name if by_name else listing.id: listing for listing in listings}
    assert set(shown) == set(expected["listings"])
    for key, fields in expected["listings"].items():
        actual = _plain(shown[key])
        assert {name: actual.get(name) for name in fields} == fields, key
    codes = sorted((p.line, p.field, p.code.value) for p in report.problems if p.code.value != "unknown_program")
    assert [list(item) for item in codes] == sorted(expected["problems"])


def _plain(listing: Listing) -> dict[str, Any]:
    full = plain(replace(listing, phones=()))
    defaults = {"address": None, "latitude": None, "counties": [], "confidential": False, "assured_on": None}
    unknown = dict.fromkeys(("wheelchair", "taking_referrals", "capacity"), "unknown")
    reach, statewide = listing.reach.value, listing.statewide
    address = {"address_1": None, "city": None, "postal_code": None, **full["address"]} if "address" in full else None
    return {
        **defaults, **unknown, **full, "reach": reach, "statewide": statewide, "address": address,
        "phones": [_phone(phone) for phone in listing.phones], "demo": listing.provenance.demo,
        "as_of": listing.provenance.as_of.isoformat() if listing.provenance.as_of else None,
    }  # fmt: skip


def _phone(phone: Phone) -> str:
    kind = "" if phone.kind == PhoneKind.VOICE else f" {phone.kind.value}"
    return phone.number + (f" x{phone.extension}" if phone.extension else "") + kind
