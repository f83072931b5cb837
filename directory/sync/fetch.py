"""fetch: the bytes of a list over https, with a timeout, bounded retry and a size limit."""

from __future__ import annotations

import time
from collections.abc import Callable

import requests

from directory.errors import FetchError

__all__ = ["TRIES", "fetch"]

TRIES = 3
_TIMEOUT = (10.0, 60.0)
_AGENT = "Puente/0.1 (community resource directory of a health center)"
_PASSING = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


def fetch(
    url: str,
    *,
    session: requests.Session | None = None,
    pause: Callable[[float], object] = time.sleep,
    limit: int,
) -> bytes:
    """The bytes at an https address; FetchError when they cannot be had whole, or are more than `limit`.

    `pause` waits seconds between tries.
    """
    if not url.startswith("https://"):
        raise FetchError(
            f"{url} is not an https address, so the list could be changed on its way. Nothing was changed. "
            "Give the https address in the source file, or the file itself with --file."
        )
    with session or requests.Session() as open_session:
        for number in range(1, TRIES + 1):
            try:
                return _get(open_session, url, limit)
            except _PASSING as error:
                if number == TRIES:
                    raise FetchError(
                        f"{url} did not answer in {TRIES} tries ({type(error).__name__}). Nothing was changed. "
                        "Try again later, or download the list and give it with --file."
                    ) from error
                pause(2**number)
    raise AssertionError("unreachable")


def _get(session: requests.Session, url: str, limit: int) -> bytes:
    with session.get(url, timeout=_TIMEOUT, stream=True, headers={"User-Agent": _AGENT}) as answer:
        if any(not hop.url.startswith("https://") for hop in (*answer.history, answer)):
            raise FetchError(f"{url} leads to {answer.url}, which is not https. Nothing was changed. Use --file.")
        if not answer.ok:
            raise FetchError(
                f"{url} answered {answer.status_code} ({answer.reason}). Nothing was changed. "
                "Look whether the list has moved, or download it and give it with --file."
            )
        data = bytearray()
        for part in answer.iter_content(1 << 16):
            data += part
            if len(data) > limit:
                raise FetchError(
                    f"{url} is larger than {limit // 1_000_000} MB, which no list of places is. Nothing was changed. "
                    "Look at what stands there."
                )
    return bytes(data)
