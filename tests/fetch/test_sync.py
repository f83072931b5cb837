"""A list that is fetched: unchanged on its server, it is read from the bytes that were kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import sync
from directory.errors import FetchError, SourceError

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
LIST = b"Number,Name,Program,Counties,Phone\n1,Kite Pantry,food_bank,Fresno,559-555-0101\n"
SOURCE = """
id: small
title: Small list
fetch: {url}
allow_private: {private}
format: {{kind: csv}}
row_id: {{column: Number}}
columns: {{organization: Name, programs: Program, counties: Counties, phones: Phone}}
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | None]]:
    """A home whose source `small` is fetched from a server here; what each request named as known already."""
    named: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            named.append(self.headers["If-None-Match"])
            known = named[-1] == '"one"'
            body = b"" if known else LIST
            self.send_response(304 if known else 200)
            self.send_header("ETag", '"one"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        write_source(tmp_path, f"http://127.0.0.1:{server.server_port}/list.csv?token=abc", "true")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield named
        server.shutdown()
        thread.join()


def write_source(home: Path, url: str, private: str) -> None:
    (home / "sources").mkdir(exist_ok=True)
    (home / "sources" / "small.yml").write_text(SOURCE.format(url=url, private=private), encoding="utf-8")


def test_the_second_time_nothing_is_sent_and_nothing_has_changed(asked: list[str | None]) -> None:
    first = sync.run("small", now=NOW)
    second = sync.run("small", now=NOW)
    assert asked == [None, '"one"']
    assert (first.drafts, first.unchanged) == (1, False)
    assert (second.drafts, second.unchanged, second.sha256) == (1, True, first.sha256)
    assert first.file == "list.csv"


def test_a_trial_keeps_no_marks(asked: list[str | None]) -> None:
    sync.run("small", now=NOW, dry_run=True)
    sync.run("small", now=NOW)
    assert asked == [None, None]


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_kept_bytes_that_are_not_there_are_asked_for_again(
    asked: list[str | None], tmp_path: Path, harm: str
) -> None:  # fmt: skip
    kept = tmp_path / "raw" / "small" / sync.run("small", now=NOW).sha256
    if harm == "gone":
        kept.unlink()
    else:
        kept.write_bytes(b"something else")
    sync.run("small", now=NOW)
    assert asked == [None, None]


def test_a_private_server_needs_the_word_of_the_source_file(asked: list[str | None], tmp_path: Path) -> None:
    write_source(tmp_path, "https://127.0.0.1/list.csv", "false")
    with pytest.raises(FetchError, match="allow_private: true"):
        sync.run("small", now=NOW)
    write_source(tmp_path, "https://127.0.0.1/list.csv", "perhaps")
    with pytest.raises(SourceError, match="must be true or false"):
        sync.run("small", now=NOW)
    assert not asked
