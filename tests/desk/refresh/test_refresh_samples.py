"""Real lists through the page, where the samples are there: each is recognized or described."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from tests.desk.refresh.dropping import address, drop, fields, follow, told


@pytest.fixture
def desk(signed: Callable[..., TestClient]) -> TestClient:
    return signed(Role.STAFF)


def sample(samples: Path, path: str) -> bytes:
    if not (samples / path).exists():
        pytest.skip(f"the sample {path} does not ship with the project")
    return (samples / path).read_bytes()


def test_json_lines_that_ship_a_description_are_recognized_and_tried(desk: TestClient, samples: Path) -> None:
    page = drop(desk, "programs.jsonl", sample(samples, "bay-navigator-2026/programs.jsonl"))
    assert "Bay Navigator" in told(page)
    trial = follow(desk, f"{address(page)}/known", {"source": "bay_navigator_2026"})
    assert "What would change" in told(trial)


def test_hsds_is_read_as_it_is(desk: TestClient, samples: Path) -> None:
    page = drop(desk, "organization_full.json", sample(samples, "hsds-3.0/examples/organization_full.json"))
    assert "Export of another Puente (HSDS 3)" in told(page)


def test_a_vendor_list_of_a_plan_without_names_says_what_is_missing(desk: TestClient, samples: Path) -> None:
    page = drop(desk, "02_kaiser_form_vendors.csv", sample(samples, "plan-list-fragments/02_kaiser_form_vendors.csv"))
    assert "How is this new list read?" in told(page)
    tried = follow(desk, f"{address(page)}/columns", {**fields(page), "do": "try"})
    assert "kaiser_form_vendors.yml, key 'row_id': is missing." in told(tried) and "/tmp/" not in told(tried)


@pytest.mark.parametrize(
    "name", ["01_plan_to_provider_prose.txt", "03_provider_self_page.txt", "04_transport_vendor_table.md"]
)
def test_prose_is_no_list_or_is_asked_about_and_never_breaks(desk: TestClient, samples: Path, name: str) -> None:
    page = drop(desk, name, sample(samples, f"plan-list-fragments/{name}"))
    assert page.status_code == 200
    assert "This is no list that can be taken" in told(page) or "How is this new list read?" in told(page)
