"""A directory of the listings that a test names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory import store
from directory.model import Listing, Need
from directory.search import Query, SearchResult, search
from tests.search.listings import MODESTO, NOW, SOURCES


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., SearchResult]:
    """Publishes those listings and asks one question of them."""

    def asked(*records: Listing, **query: object) -> SearchResult:
        path = tmp_path / "directory.db"
        path.unlink(missing_ok=True)
        when = datetime(2026, 11, 1, tzinfo=timezone.utc)
        store.write_directory(path, records=records, sources=SOURCES.values(), publication="test", published_at=when)
        return search(Query(**{"need": Need.FOOD, "place": MODESTO, "limit": 20, **query}), now=NOW, path=path)

    return asked
