"""Lists that are torn, foreign or made to hurt: each is a problem of a row or one sentence, soon and in little room."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from directory import sync
from directory.cli import main
from directory.commands import refresh as cli
from directory.errors import UnreadableList
from directory.sync import fields, parse, review, source, stage
from directory.sync.decisions import Kind
from directory.sync.formats import xlsx
from directory.sync.formats.hsds import tables
from directory.sync.propose.saving import own_path

from .conftest import HEADINGS, NOW, ROWS, SOURCE, Sync

NAMES = HEADINGS.split(",")
SHEET = "xl/worksheets/sheet1.xml"
Send = Callable[[str, bytes], Result]


@pytest.fixture
def send(home: Path) -> Send:
    """Gives a list to `puente sync` and `puente publish`; an error that is no sentence fails the test."""
    for kind in ("hsds", "fhir"):
        text = f"id: {kind}\ntitle: Packed\nas_of: 2026-11-01\nformat: {{kind: {kind}}}\n"
        (home / "sources" / f"{kind}.yml").write_text(text, encoding="utf-8")
    for kind in ("jsonl", "xlsx"):
        text = SOURCE.replace("id: small", f"id: {kind}").replace("kind: csv", f"kind: {kind}")
        (home / "sources" / f"{kind}.yml").write_text(text, encoding="utf-8")
    group = click.Group("puente")
    cli.register(group)

    def run(source: str, data: bytes) -> Result:
        path = home / f"list.{source}"
        path.write_bytes(data)
        result = CliRunner().invoke(group, ["sync", source, "--file", str(path)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert result.exit_code == 0 or (result.output.startswith("Error: ") and result.output.count("\n") == 1)
        return result

    return run


def row(**changed: object) -> dict[str, object]:
    return {**dict(zip(NAMES, ROWS[0].split(","), strict=True)), **changed}


def lines(*rows: dict[str, object] | str) -> bytes:
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in rows).encode()


def table(*rows: str) -> bytes:
    return "\n".join([HEADINGS, *rows]).encode()


def book(*rows: Iterable[object], change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A workbook; `change` spoils the XML of its sheet."""
    made, file, spoiled = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for item in rows or (NAMES, ROWS[0].split(",")):
        made.worksheets[0].append(list(item))
    made.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(spoiled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == SHEET else old.read(name))
    return spoiled.getvalue()


def pack(**files: bytes) -> bytes:
    """A zip of tables or resources."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def before_the_end(more: bytes) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>")


SERVICES = b"id,name,organization_id,status\n1,Amber Pantry,1,active\n"
ODD_RESOURCES = b'{"resources": [5, null, {"name": [1], "path": "x"}, {"name": "service", "path": {}}]}'
# A contact that belongs to itself, and thirty that belong to each other in pairs.
CONTACTS = b"id,contact_id,service_id,name\n" + b"".join(
    b"%d,%d,1,A\n%d,%d,1,B\n" % (n + 1, n, n + 1, n) for n in range(30)
)
LAUGHS = b"<!DOCTYPE l [" + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10 if n else b"ha" * 10) for n in range(9)
)
NESTED = json.dumps(row(Number="2"))[:-1] + ', "More": '


def merged(sheet: bytes) -> bytes:
    """Very many merged cells, each over all rows and columns below the headings."""
    return sheet.replace(b"</worksheet>", b'<mergeCell ref="A2:XFD1048576"/>' * 50_000 + b"</worksheet>")


KEPT = [
    ("formula", "small", table(ROWS[1], '1,Pan,food_bank,Fresno,"=HYPERLINK(""http://x"")",Fresno,93701,,'), "formula"),
    ("formula as name", "small", table(ROWS[1], '1,"=1+1",food_bank,Fresno,,,,,'), "'=1+1'"),
    ("long cell", "jsonl", lines(row(), row(Number="2", Street="9 " * 500_000)), "more text than any place needs"),
    ("deep", "jsonl", lines(row(), NESTED + "[" * 100_000 + "]" * 100_000 + "}"), "could not be read"),
    ("less deep", "jsonl", lines(row(), NESTED + "[" * 300 + "1" + "]" * 300 + "}"), "could not be read"),
    ("long number", "jsonl", lines(row(), '{"Number": ' + "1" * 5000 + "}"), "could not be read"),
    ("key twice", "jsonl", lines(row(), NESTED + '"", "Name": "Other"}'), "could not be read"),
    ("half a character", "jsonl", lines(row(Name="Amber \ud83d Pantry")), "Kept: 1."),
    ("no number", "jsonl", lines(row(Number=float("nan"), ZIP=float("inf"))), "ZIP code does not have five digits"),
    ("odd description", "hsds", pack(services__csv=SERVICES, datapackage__json=ODD_RESOURCES), "Left out: 1."),
    (
        "contacts of contacts",
        "hsds",
        pack(services__csv=SERVICES, contacts__csv=CONTACTS + b"1,1,1,C\n"),
        "Left out: 1.",
    ),
    ("NUL in JSON", "jsonl", lines(row(Name="Amber\0Pantry")), "Kept: 1."),
    ("marks", "small", b"\xef\xbb\xbf\xef\xbb\xbf" + table(ROWS[0]), "Kept: 1."),
    ("UTF-16", "small", table(ROWS[0]).decode().encode("utf-16"), "Kept: 1."),
    ("UTF-16 without mark", "small", table(ROWS[0]).decode().encode("utf-16-le"), "Kept: 1."),
    ("number in XLSX", "xlsx", book(NAMES, [1, *ROWS[0].split(",")[1:]]), "Kept: 1."),
    ("wrong size stated", "xlsx", book(change=lambda s: s.replace(b'ref="A1:I2"', b'ref="A1"')), "Kept: 1."),
    (
        "last row",
        "xlsx",
        book(change=before_the_end(b'<row r="1048576"><c r="A1048576"><v>9</v></c></row>')),
        "1048576",
    ),
    ("last column", "xlsx", book(change=before_the_end(b'<row r="3"><c r="XFD3"><v>9</v></c></row>')), "Kept: 1."),
]
REFUSED = [
    ("NUL in CSV", "small", table(ROWS[0].replace("Pan", "Pan\0")), "line 2: this is not a CSV list"),
    ("UTF-16 cut short", "small", table(ROWS[0]).decode().encode("utf-16")[:-1], "the text is not UTF-16"),
    ("UTF-32", "small", table(ROWS[0]).decode().encode("utf-32"), "line 1"),
    ("heading twice", "small", table(ROWS[0]).replace(b",Ch", b",Phone,Ch", 1), 'Two columns are called "Phone"'),
    ("a million headings", "small", b"," * 1_000_000 + b"x\n1\n", "there are 1000001 columns"),
    ("colors in a heading", "small", table(ROWS[0]).replace(b"Phone", b"\x1b[31mPhone", 1), 'to be called "[31mPhone"'),
    ("Latin letters in JSON", "jsonl", '{"Name": "Niño"}'.encode("latin-1"), "line 1: this is not a list of JSON"),
    ("two encodings", "small", table("1,Niño,,,,,,,") + "\n2,Niña,".encode("latin-1"), "line 3: the text is not UTF-8"),
    ("a line without end", "small", table(ROWS[0]) + b"\n" + b"a" * 3_000_000, "line 3"),
    ("row below the last", "xlsx", book(change=before_the_end(b'<row r="999999999999"><c/></row>')), "damaged"),
    ("one large file", "fhir", pack(a__ndjson=b" " * 200_000_001), "one file: 200 MB"),
    ("no objects", "jsonl", b"[1, 2]\n", "line 1: this is not a list of JSON"),
    ("torn sheet", "xlsx", book(change=lambda s: s[: len(s) // 2]), "damaged"),
    ("torn after a row", "xlsx", book(change=lambda s: s[: s.index(b"</sheetData>")]), "line 3"),
    ("torn archive", "xlsx", book()[:-200], "damaged"),
    ("entities", "xlsx", book(change=lambda s: LAUGHS + b"]>" + s), "damaged"),
    ("cells merged on each other", "xlsx", book(NAMES, *[[*NAMES]] * 2000, change=merged), "damaged"),
    ("no range", "xlsx", book(change=lambda s: s + b'<mergeCell ref="here"/>'), "damaged"),
    ("sheet without end", "xlsx", book(change=before_the_end(b'<row><c r="XFD3"/></row>' * 2000)), "20 million cells"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "data", "says"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_a_bad_row_is_a_problem_of_that_row(send: Send, source: str, data: bytes, says: str) -> None:
    result = send(source, data)
    assert result.exit_code == 0 and says in result.output, result.output


@pytest.mark.parametrize(("source", "data", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_bad_list_is_one_sentence(send: Send, home: Path, source: str, data: bytes, says: str) -> None:
    result = send(source, data)
    assert result.exit_code == 1 and says in result.output, result.output
    assert "othing was changed" in result.output or "nothing was changed" in result.output
    assert not (home / "raw").exists()


def test_a_zip_bomb_is_not_unpacked(send: Send) -> None:
    bomb = book(change=lambda sheet: sheet + b" " * (xlsx.MAX_UNPACKED + 1))
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        result = send("xlsx", bomb)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "100 MB when unpacked" in result.output
    assert peak < 20_000_000


def test_tables_of_empty_lines_without_end_are_not_read(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MAX_LINES", 1_000)
    sent = send("hsds", pack(services__csv=SERVICES + b"\n" * 2_000))
    assert sent.exit_code == 1 and "not a tabular data package" in sent.output


def test_styles_without_end_are_not_read(send: Send) -> None:
    many = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(many, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + b" " * (16_000_001 if name == "xl/styles.xml" else 0))
    assert "16 MB of styles" in send("xlsx", many.getvalue()).output


def test_a_workbook_with_changed_bytes_never_ends_in_a_traceback(send: Send) -> None:
    whole, chance = book(), random.Random(4)
    for _ in range(80):
        spoiled = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        send("xlsx", bytes(spoiled))


@pytest.mark.parametrize(
    "source", ["../x", "../../etc/passwd", "/etc/passwd", "small.yml", "small/../small", "", "a\0b"]
)
def test_a_source_id_is_no_path(send: Send, home: Path, source: str) -> None:
    (home / "x.yml").write_text(SOURCE.replace("id: small", "id: x"), encoding="utf-8")
    group = click.Group("puente")
    cli.register(group)
    result = CliRunner().invoke(group, ["sync", source, "--file", str(home / "none.csv")])
    assert result.exit_code == 1 and result.output.startswith("Error: There is no source called")


def test_nothing_that_a_list_says_rules_a_terminal(send: Send, home: Path) -> None:
    """Colors, a title of the window, the direction of reading: of a file's name, a heading, a cell."""
    for sent in (
        send("small", table(ROWS[0]).replace(b"Phone", b"\x1b]0;x\x07Phone", 1)),
        send("small", table(ROWS[0].replace("Pan", "Pan\x1b[31m\u202e\x9b"), "2,=1\x1b[2J,food_bank,Fresno,,,,,")),
    ):
        assert not {"\x1b", "\x07", "\x9b", "\u202e"}.intersection(sent.output)


def test_a_name_may_begin_like_json(send: Send) -> None:
    send("small", table(ROWS[0]))
    changed = send("small", table(ROWS[0].replace("Pantry 1", "[New] Pantry {1}")))
    assert "name: Pantry 1 -> [New] Pantry {1}" in changed.output


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<script>alert(1)</script>Amber Pantry", "Amber Pantry"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Amber Pantry", "Amber Pantry"),
        ("Amber <img src=x onerror=alert(1)>Pantry", "Amber Pantry"),
        ("Amber <iframe src='https://x.example.org'></iframe>Pantry", "Amber Pantry"),
        ("Amber Pantry<script>never closed", "Amber Pantry"),
        ("Amber <!-- a note -->Pantry", "Amber Pantry"),
        ("Children <5 years & their mothers", "Children <5 years & their mothers"),
        ("Ask <amber@example.org>", "Ask <amber@example.org>"),
        ("Amber\u202ePantry\0", "AmberPantry"),
    ],
)
def test_markup_is_no_text(text: str, left: str) -> None:
    assert fields.clean(text) == left


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('=HYPERLINK("https://x.example.org")', True), (" =1+1", True), ("@SUM(A1)", True), ("-cmd(1)", True),
        ("+1 (209) 555-0123", False), ("- food boxes", False), ("@amberpantry", False), ("", False),
        ("-118.2437", False), ("(209) 555-0123", False),
    ],
)  # fmt: skip
def test_what_is_a_formula(text: str, is_one: bool) -> None:
    assert fields.formula(text) is is_one


def test_more_rows_than_any_list_has_stop_the_run(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_ROWS", 1_000)
    read = parse.rows(table("1\n" * (parse.MAX_ROWS + 1)), source.load("small"), name="list.csv")
    with pytest.raises(UnreadableList, match="line 1002: the list has more than 1000 rows"):
        sum(1 for _ in read)


def test_the_limits_leave_real_lists_alone() -> None:
    assert parse.MAX_ROWS >= 10 * 10_000 and parse.LONGEST_CELL >= 4 * 4_850


@pytest.mark.parametrize("name", ["null", "true", "on", "2026", "1e5", "-rf", "a b'c\"{#}: &x", "!!python", "x" * 200])
def test_a_list_may_be_called_anything(home: Path, name: str) -> None:
    path = home / f"{name}.csv"
    path.write_bytes(table(*ROWS))
    made = CliRunner().invoke(main, ["source", "new", str(path), "--yes", "--title", f"{name}\n- {{x}}", "--json"])
    assert made.exit_code == 0, made.output
    (known,) = [item for item in source.ids() if item != "small" and own_path(item).exists()]
    assert source.load(known).title == f"{name}\n- {{x}}"


def test_a_clock_that_is_set_back_hides_no_decision(refresh: Sync, home: Path) -> None:
    """Each fall an hour comes twice; what was taken back in it counts."""
    refresh(*ROWS)
    with stage.open_work() as work:
        made = review.decide(work, Kind.NOT_LISTED, "small:1", who="Ana", why="moved", now=NOW)
    assert sync.publish(NOW).listings == len(ROWS) - 1
    with stage.open_work() as work:
        review.take_back(work, made.number or 0, who="Ana", now=NOW - timedelta(hours=1))
    assert sync.publish(NOW - timedelta(minutes=30)).listings == len(ROWS)
