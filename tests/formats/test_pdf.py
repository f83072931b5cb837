"""A PDF that cannot be read as a list is told by what it is; one that is made to hurt hurts nobody."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

import fpdf
import pytest
from PIL import Image

from directory.errors import UnreadableList
from directory.sync import formats
from directory.sync.formats import pdf
from directory.sync.source import Layout

from . import making

ROWS = [["Name", "City"], ["Amber Pantry", "Fresno"]]
LIST = making.pages([{"rows": ROWS}])


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableList) as caught:
        formats.read(data, Layout("pdf"), "list.pdf")
    said = str(caught.value)
    assert said.startswith("list.pdf: ") and "Nothing was changed. " in said and "\n" not in said
    return said


def scanned(*, before: bool) -> bytes:
    made = fpdf.FPDF()
    if before:
        made.add_page()
        made.set_font("Helvetica", size=9)
        with made.table() as table:
            for row in ROWS:
                table.row(row)
    made.add_page()
    made.image(Image.new("RGB", (60, 80), "gray"), x=0, y=0, w=210, h=297)
    return bytes(made.output())


def turned() -> bytes:
    made = fpdf.FPDF()
    made.add_page()
    made.set_font("Helvetica", size=9)
    with made.rotation(90, x=100, y=150):
        made.text(60, 150, "Amber Pantry in Fresno, and everything else on this page, is turned on its side")
    return bytes(made.output())


def bomb(size: int) -> bytes:
    """A page whose content unpacks to very many bytes."""
    packed = zlib.compress(b" " * size, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


def test_what_it_is_instead_of_a_list() -> None:
    assert "this PDF has a password" in refused(making.pages([{"rows": ROWS}], password="open"))
    assert "holds pictures of pages (a scan), not text (page 1)" in refused(scanned(before=False))
    assert "holds pictures of pages (a scan), not text (page 2)" in refused(scanned(before=True))
    assert "turned on its side (page 1)" in refused(turned())
    assert "is damaged" in refused(LIST[:300])
    assert "is damaged" in refused(b"%PDF-1.4\nnothing else")


def test_a_password_that_is_asked_only_for_changes_keeps_nobody_out() -> None:
    made = fpdf.FPDF()
    made.set_encryption(owner_password="owner", user_password="")
    made.add_page()
    made.set_font("Helvetica", size=9)
    with made.table() as table:
        for row in ROWS:
            table.row(row)
    rows = list(formats.read(bytes(made.output()), Layout("pdf"), "list.pdf").rows)
    assert [cells for _, cells, _ in rows] == [{"Name": "Amber Pantry", "City": "Fresno"}]


def test_more_pages_or_bytes_than_any_list_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    assert "pages, which no list of places has" in refused(making.pages([{"rows": ROWS}, {"rows": ROWS}]))
    monkeypatch.setattr(pdf, "MAX_BYTES", 100)
    assert "larger than" in refused(LIST)


def test_a_bomb_is_stopped_by_the_limit_on_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bomb(300_000_000)
    assert len(data) < 1_000_000
    monkeypatch.setattr(pdf, "MAX_MEMORY", 400_000_000)
    began = time.monotonic()
    assert "GB of memory" in refused(data)
    assert time.monotonic() - began < 60


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 1)
    heavy = making.pages([{"rows": [["a"] * 12] * 600}])
    assert "seconds to read" in refused(heavy)


def spoiled(data: bytes) -> Iterator[bytes]:
    for cut in range(1, 8):
        yield data[: len(data) * cut // 8]
        yield data.replace(b"obj", b"obJ", cut)


@pytest.mark.parametrize("data", spoiled(LIST), ids=lambda data: str(len(data)))
def test_a_spoiled_file_is_one_sentence_or_a_table(data: bytes) -> None:
    try:
        list(formats.read(data, Layout("pdf"), "list.pdf").rows)
    except UnreadableList as error:
        assert "Nothing was changed" in str(error)


def test_nothing_is_said_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    list(formats.read(LIST, Layout("pdf"), "list.pdf").rows)
    assert capfd.readouterr() == ("", "")
