"""How fast one session may write: a few messages at once, then one a second."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

__all__ = ["Limiter", "Rate"]

_SESSIONS_REMEMBERED = 10_000


@dataclass(frozen=True)
class Rate:
    """How fast one session may write: `burst` messages at once, then `per_second`."""

    burst: float = 20
    per_second: float = 1.0


@dataclass
class _Bucket:
    left: float
    at: float


class Limiter:
    """Remembers how fast the latest sessions wrote; the oldest are forgotten first."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, session: str, now: float) -> bool:
        """Whether a session may write at that second; counts the message if so."""
        bucket = self._buckets.pop(session, _Bucket(self._rate.burst, now))
        bucket.left = min(self._rate.burst, bucket.left + (now - bucket.at) * self._rate.per_second)
        bucket.at = now
        allowed = bucket.left >= 1
        if allowed:
            bucket.left -= 1
        self._buckets[session] = bucket
        if len(self._buckets) > _SESSIONS_REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
