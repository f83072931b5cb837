"""Each case in cases/*.yml is a file as somebody sends it, and the table that must come of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from directory.errors import ListError
from directory.sync import formats
from directory.sync.source import Layout

from . import making

_FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted(_FOLDER.glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def data(case: dict[str, Any]) -> bytes:
    """The file of a case."""
    if "sheets" in case:
        return making.book(case["sheets"])
    if "pages" in case:
        return making.pages(case["pages"])
    return str(case["text"]).encode(case.get("encoding", "utf-8"))


def layout(kind: str, case: dict[str, Any]) -> Layout:
    """The layout of a case, as a source file would say it."""
    said = {"kind": kind, **case.get("layout", {})}
    if "sheets" in said:
        said["sheets"] = () if said["sheets"] == "all" else tuple(said["sheets"])
    return Layout(**{**said, "carry_down": tuple(said.get("carry_down", ()))})


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_case(kind: str, case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(ListError) as caught:
            list(formats.read(data(case), layout(kind, case), "list").rows)
        assert case["refused"] in str(caught.value) and "othing was changed" in str(caught.value)
        return
    table = formats.read(data(case), layout(kind, case), "list")
    rows = list(table.rows)
    assert [_told(cells, wanted) for (_, cells, _), wanted in zip(rows, case["rows"], strict=True)] == case["rows"]
    assert {line: damage.value for line, _, damage in rows if damage} == case.get("damage", {})
    assert case.get("lines") in (None, [line for line, _, _ in rows])
    assert case.get("headings") in (None, list(table.headings))
    assert case.get("said") in (None, table.said)


def _told(cells: dict[str, str], wanted: object) -> object:
    """The cells; of a row that is none, the text it holds."""
    return cells if isinstance(wanted, dict) else next(iter(cells.values()))
