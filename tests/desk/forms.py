"""Sends a form of the desk as a browser does: the page is opened first, for its token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

__all__ = ["post", "token"]

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def token(client: TestClient, page: str = "/account") -> str:
    """The token of the forms on that page."""
    found = _TOKEN.search(client.get(page).text)
    assert found, f"no form with a token on {page}"
    return found[1]


def post(client: TestClient, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> Response:
    """What a form with those fields is answered."""
    return client.post(path, data={"csrf": token(client), **(data or {})}, **more)
