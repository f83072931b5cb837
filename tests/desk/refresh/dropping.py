"""Drops a file as a browser does, and reads what the page says."""

from __future__ import annotations

import html
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser

from httpx2 import Response
from starlette.testclient import TestClient

from tests.desk.forms import token

__all__ = ["COLUMNS", "ROWS", "address", "drop", "fields", "follow", "listed", "told", "workbook"]

COLUMNS = ("Organization", "Program", "Address", "City", "ZIP", "County", "Phone")
ROWS = tuple(
    (f"Kite Pantry {number}", "Food pantry", f"{number} Elm St", "Modesto", "95354", "Stanislaus",
     f"(209) 555-01{number:02}")
    for number in range(10, 22)
)  # fmt: skip


def listed(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """A CSV list of those rows."""
    return "".join(",".join(row) + "\n" for row in (columns, *rows)).encode()


def workbook(
    change: Callable[[str, bytes], bytes] = lambda name, data: data, rows: Iterable[tuple[str, ...]] = ROWS
) -> bytes:
    """The same list as Excel, each of its parts passed through `change`."""
    import openpyxl

    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (COLUMNS, *rows):
        book.active.append(row)
    book.save(file)
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return changed.getvalue()


def drop(client: TestClient, name: str, data: bytes) -> Response:
    """The page that a dropped file leads to."""
    sent = {"file": (name, data)}
    page = client.post("/refresh/upload", data={"csrf": token(client)}, files=sent, follow_redirects=True)
    return _at_its_end(client, page)


def address(response: Response) -> str:
    """The path of a page."""
    return response.url.path


def follow(client: TestClient, path: str, data: Mapping[str, str] | None = None, *, wait: bool = True) -> Response:
    """The page that a form of a handed-in list leads to, once the list is read."""
    page = client.post(path, data={"csrf": token(client), **(data or {})}, follow_redirects=True)
    return _at_its_end(client, page) if wait else page


def _at_its_end(client: TestClient, page: Response) -> Response:
    """The page once it is no more that of work that goes on; a busy machine needs a while."""
    limit = time.monotonic() + 60
    while "refresh" in page.headers and time.monotonic() < limit:
        time.sleep(0.05)
        page = client.get(address(page))
    return page


def told(response: Response) -> str:
    """What a person reads: the main part without marks and choices."""
    main = response.text.split("<main", 1)[1]
    main = re.sub(r"<select[\s\S]*?</select>", " ", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def fields(response: Response) -> dict[str, str]:
    """The fields of the forms on a page with what stands in them."""
    found = _Fields()
    found.feed(response.text)
    return found.values


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "input" and said.get("type") not in ("checkbox", "file"):
            self.values[said["name"]] = said.get("value", "")
        if tag == "select":
            self._select = said["name"]
            self.values.setdefault(self._select, "")
        if tag == "option" and self._select and "selected" in said:
            self.values[self._select] = said["value"]
