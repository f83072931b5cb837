"""What is no list gets one sentence and changes nothing; nothing escapes its folder or fills the memory."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from tests.conftest import ROOT, environment
from tests.desk.refresh.dropping import COLUMNS, ROWS, address, drop, listed, told, workbook

_SHEET = "xl/worksheets/sheet1.xml"
_NAMESPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.fixture
def desk(signed: Callable[..., TestClient]) -> TestClient:
    return signed(Role.STAFF)


def sheet(xml: bytes) -> bytes:
    """A workbook whose sheet is that."""
    return workbook(lambda name, data: xml if name == _SHEET else data)


def packed(*files: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


PATIENTS = listed(
    ("Ana Sol", "1961-02-03", "90000001A", "209-555-0101"),
    columns=("Member name", "Date of birth", "CIN", "Phone"),
)
NO_LISTS = (
    ("empty.csv", b"", "the file is empty"),
    ("blank.csv", b"\n \n", "the file is empty"),
    ("cat.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "this is a picture"),
    ("page.xlsx", b"<!DOCTYPE html><html><body>Sign in</body></html>", "this is a web page (HTML)"),
    ("letter.pdf", b"%PDF-1.4\n%%EOF\n", "PDF"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
    ("patients.csv", PATIENTS, "looks like a list of patients"),
    ("bomb.xlsx", sheet(_NAMESPACE + b" " * 150_000_000), "more than 100 MB when unpacked"),
    ("nested.zip", packed(("a.zip", packed(("b.zip", packed(("c.txt", b"0" * 1_000_000)))))), "packed file"),
    ("parts.xlsx", packed(*((f"xl/{n}", b"") for n in range(6_000))), "more than 5000 files"),
    ("entity.xlsx", sheet(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _NAMESPACE + b"&a;</worksheet>"),
     "not an Excel workbook"),
    ("cells.xlsx", sheet(_NAMESPACE + b"<sheetData>" + b"<row>" * 2 + b"<c/>" * 3_100_000), "million cells"),
    ("columns.csv", b"Organization,Phone" + b"," * 5_000_000, "a line of more than 1 million letters"),
    ("rows.csv", b"Organization,Phone\n" + b"a,b\n" * 310_000, "more than 300000 lines"),
    ("deep.json", b"[" * 2_000_000, "not JSON"),
    ("objects.json", b"[" + b'{"a":1},' * 610_000 + b'{"a":1}]', "more than 600000 objects"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), NO_LISTS, ids=[each[0] for each in NO_LISTS])
def test_what_is_no_list_gets_one_sentence_and_changes_nothing(
    desk: TestClient, desk_home: Path, name: str, data: bytes, said: str
) -> None:
    page = drop(desk, name, data)
    assert "This is no list that can be taken" in told(page)
    assert said in told(page)
    assert "Traceback" not in page.text
    assert not (desk_home / "work.db").exists()
    assert not (desk_home / "sources").exists()
    assert not list((desk_home / "uploads").glob("*.list")), "its bytes are deleted"


def test_a_patients_name_is_nowhere_after_a_list_of_patients(desk: TestClient, desk_home: Path) -> None:
    drop(desk, "patients.csv", PATIENTS)
    kept = [path.read_bytes() for path in desk_home.rglob("*") if path.is_file()]
    assert not [each for each in kept if b"Ana Sol" in each]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/cron.d/x.csv", "a\x00b.csv", "a\nb.csv", "..", ".",
     "a" * 500, "<script>alert(1)</script>.csv", "\u202egnp.csv", "con.csv", "-rf.csv"],
)  # fmt: skip
def test_no_name_escapes_its_folder_or_the_page(desk: TestClient, desk_home: Path, name: str) -> None:
    before = set(desk_home.rglob("*"))
    page = drop(desk, name, listed(*ROWS))
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    new = set(desk_home.rglob("*")) - before
    lists = [path for path in new if path.suffix == ".list"]
    assert len(lists) == 1
    assert all(re.fullmatch(r"[0-9a-f]{32}\.(list|json|report)", path.name) for path in new if "uploads/" in str(path))
    assert stat.S_IMODE((desk_home / "uploads").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (desk_home / "uploads").iterdir()} == {0o600}


def test_a_file_that_is_too_large_is_refused(desk: TestClient, desk_home: Path) -> None:
    page = drop(desk, "large.csv", b"a,b,c\n" * 9_000_000)
    assert page.status_code == 413
    assert "too large" in told(page)
    assert not (desk_home / "uploads").exists() or not list((desk_home / "uploads").iterdir())


def test_only_staff_and_only_whoever_handed_it_in(signed: Callable[..., TestClient]) -> None:
    ana, leo, worker = signed(Role.STAFF, "ana"), signed(Role.STAFF, "leo"), signed(Role.CHW, "worker")
    page = drop(ana, "Kite roster.csv", listed(*ROWS))
    assert leo.get(address(page)).status_code == 404
    assert leo.get("/refresh/../../etc/passwd").status_code == 404
    assert leo.get("/refresh/" + "0" * 32).status_code == 404
    assert worker.get("/refresh").status_code == 403
    assert drop(worker, "x.csv", listed(*ROWS)).status_code == 403
    assert "Kite roster.csv" not in told(leo.get("/refresh"))
    assert signed(None).get("/refresh").status_code == 303


def test_scripts_in_every_cell_stay_text(desk: TestClient) -> None:
    evil = "<img src=x onerror=alert(1)>"
    page = drop(
        desk,
        "evil.csv",
        listed(
            *((f"{evil}{row[0]}", *row[1:]) for row in ROWS),
            columns=(*COLUMNS[:6], evil),
        ),
    )
    assert evil not in page.text
    assert "&lt;img" in page.text


def test_memory_stays_bounded(tmp_path: Path) -> None:
    """Each of the worst within 600 MB of address space, in a process of its own that the system would stop."""
    program = """
import json, os, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
from directory.errors import ListError
from directory.sync.handed.looking import recognized
from directory.sync.incoming import from_file
said = {}
for path in sorted(Path(sys.argv[1]).glob("*")):
    try:
        recognized(from_file(path))
        said[path.name] = "taken"
    except ListError as error:
        said[path.name] = "refused"
print(json.dumps(said))
"""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data, _ in NO_LISTS:
        if name not in ("letter.pdf",):  # a process of its own with its own limit
            (folder / name).write_bytes(data)
    (folder / "wide.csv").write_bytes(b"Organization,Phone" + b"," * 900_000 + b"\nKite,1\n")
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, env={**os.environ, **environment(tmp_path)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert {name for name, how in said.items() if how == "taken"} == {"wide.csv"}, "columns without a name are none"
    assert len(said) == len(NO_LISTS)
