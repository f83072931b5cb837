"""A thread keeps the directory open between requests, and never past the file that stands there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory import store
from directory.errors import DirectoryMissing, DirectoryOutdated
from directory.search.reading import reading


def published(path: Path, name: str) -> Path:
    """A directory of that name where `path` is; one that was there before is replaced."""
    aside = path.with_suffix(".aside")
    store.write_directory(
        aside, records=(), sources=(), publication=name, published_at=datetime(2026, 11, 1, tzinfo=timezone.utc)
    )
    aside.replace(path)
    return path


def name_of(connection: sqlite3.Connection) -> str:
    return store.publication(connection).id


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield published(tmp_path / "directory.db", "first")
    with reading(published(tmp_path / "another.db", "last")):
        pass  # so that nothing of this test stays open


def test_the_next_request_of_a_thread_finds_it_open(path: Path) -> None:
    with reading(path) as one:
        assert name_of(one) == "first"
    with reading(path) as two:
        assert two is one and name_of(two) == "first"
    with ThreadPoolExecutor(1) as pool:

        def other() -> bool:
            with reading(path) as connection:
                return connection is not one and name_of(connection) == "first"

        assert pool.submit(other).result()


def test_what_is_published_anew_is_read_and_the_old_is_closed(path: Path) -> None:
    with reading(path) as old:
        pass
    published(path, "second")
    with reading(path) as new:
        assert name_of(new) == "second"
    assert not is_open(old) and is_open(new)


def test_who_still_reads_the_old_one_reads_it_to_the_end(path: Path) -> None:
    with reading(path) as outer:
        published(path, "second")
        with reading(path) as inner:
            assert (name_of(outer), name_of(inner)) == ("first", "second")
        assert name_of(outer) == "first"
    assert not is_open(outer) and is_open(inner)


def test_a_read_that_fails_is_not_gone_on_with(path: Path) -> None:
    with pytest.raises(sqlite3.Error), reading(path) as broken:
        broken.execute("SELECT nothing FROM nowhere")
    assert not is_open(broken)
    with reading(path) as again:
        assert name_of(again) == "first"


def test_a_request_that_fails_for_another_reason_leaves_it_open(path: Path) -> None:
    with pytest.raises(KeyError), reading(path) as one:
        raise KeyError("another reason")
    assert is_open(one)


def test_nobody_reads_what_is_gone_or_of_another_version(path: Path) -> None:
    with reading(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(DirectoryOutdated), reading(path):
        pass
    path.unlink()
    with pytest.raises(DirectoryMissing), reading(path):
        pass
