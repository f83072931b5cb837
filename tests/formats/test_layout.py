"""What a source file may say under `format`, and what is refused with file and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from directory.errors import SourceError
from directory.sync import source
from directory.sync.source import Layout


def loaded(folder: Path, monkeypatch: pytest.MonkeyPatch, layout: dict[str, Any]) -> Layout:
    monkeypatch.setenv("PUENTE_HOME", str(folder))
    (folder / "sources").mkdir()
    plain = {"id": "own", "title": "Own", "format": layout, "row_id": {"column": "No"}, "columns": {"name": "Name"}}
    (folder / "sources" / "own.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    return source.load("own").layout


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"kind": "csv"}, Layout("csv")),
        ({"kind": "csv", "delimiter": "\t", "encoding": "cp1252"}, Layout("csv", delimiter="\t", encoding="cp1252")),
        ({"kind": "xlsx", "sheets": "all", "sheet_column": "County"}, Layout("xlsx", sheets=(), sheet_column="County")),
        ({"kind": "xlsx", "sheets": ["A", "B"], "hidden": "read"}, Layout("xlsx", sheets=("A", "B"), hidden="read")),
        ({"kind": "xlsx", "heading_row": 3, "heading_rows": 2}, Layout("xlsx", heading_row=3, heading_rows=2)),
        (
            {"kind": "pdf", "carry_down": ["County"], "broken_rows": "join"},
            Layout("pdf", carry_down=("County",), broken_rows="join"),
        ),
        ({"kind": "json", "records": "data.places"}, Layout("json", records="data.places")),
    ],
)
def test_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], read: Layout) -> None:
    assert loaded(tmp_path, monkeypatch, said) == read


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"kind": "doc"}, "format.kind"),
        ({"kind": "xlsx", "sheets": "some"}, "format.sheets"),
        ({"kind": "xlsx", "sheets": []}, "format.sheets"),
        ({"kind": "xlsx", "sheets": ["A"], "sheet": "A"}, "format.sheets"),
        ({"kind": "xlsx", "heading_rows": 3}, "format.heading_rows"),
        ({"kind": "xlsx", "heading_rows": True}, "format.heading_rows"),
        ({"kind": "xlsx", "hidden": "maybe"}, "format.hidden"),
        ({"kind": "pdf", "broken_rows": "yes"}, "format.broken_rows"),
        ({"kind": "pdf", "carry_down": "County"}, "format.carry_down"),
        ({"kind": "json", "records": 5}, "format.records"),
        ({"kind": "xlsx", "sheet_column": ["County"]}, "format.sheet_column"),
        ({"kind": "csv", "rows": 5}, "format.rows"),
    ],
)
def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], key: str) -> None:
    with pytest.raises(SourceError, match=rf"own\.yml, key '{key}"):
        loaded(tmp_path, monkeypatch, said)
