"""The list that is being made, one for each sign-in: held in memory only, gone with the sign-in or when left alone.

No name, no note and no answer of a patient fits into one: ids of places and programs, a language, a size of type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from directory import privacy
from directory.model import Language

__all__ = ["LIMITS", "SIZES", "Around", "Draft", "Drafts", "drafts"]

SIZES = (14, 18)
"""Points of the type on paper: large, and for who reads badly."""
LIMITS = {"places": 12, "programs": 6}
"""More on one list than this, and nobody calls any of them."""
_MOST_SESSIONS = 1000


@dataclass(frozen=True)
class Around:
    """What was looked for: a need and a program by id, a plan by id, a place as we write it, and its county."""

    need: str | None = None
    program: str | None = None
    plan: str | None = None
    place: str | None = None
    county: str | None = None


@dataclass(frozen=True)
class Draft:
    """A list being made; `code` is the word under which it was kept as it stands, None after any change."""

    places: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    language: Language | None = None
    size: int = SIZES[0]
    around: Around = Around()
    code: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was picked."""
        return not (self.places or self.programs)

    def with_more(self, places: Iterable[str], programs: Iterable[str]) -> Draft:
        """The draft with these behind what it has, each once, no more than `LIMITS`."""
        return replace(
            self,
            places=tuple(dict.fromkeys((*self.places, *places)))[: LIMITS["places"]],
            programs=tuple(dict.fromkeys((*self.programs, *programs)))[: LIMITS["programs"]],
            code=None,
        )

    def without(self, kind: str, id: str) -> Draft:
        """The draft without that place or program."""
        left = tuple(one for one in getattr(self, kind) if one != id)
        return replace(self, **{kind: left}, code=None)  # type: ignore[arg-type]

    def moved(self, kind: str, id: str, by: int) -> Draft:
        """The draft with that place or program one up (-1) or one down (1)."""
        order = list(getattr(self, kind))
        if id not in order:
            return self
        at = order.index(id)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
        return replace(self, **{kind: tuple(order)}, code=None)  # type: ignore[arg-type]


class Drafts:
    """The drafts of all who are signed in; one that nobody touched for the minutes of the inventory is forgotten."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[datetime, Draft]] = {}

    def of(self, session: str, now: datetime) -> Draft:
        """The list of that sign-in; an empty one where there is none."""
        with self._lock:
            self._forget(now)
            return self._kept.get(session, (now, Draft()))[1]

    def keep(self, session: str, draft: Draft, now: datetime) -> None:
        """From now on that is its list."""
        with self._lock:
            self._forget(now)
            self._kept.pop(session, None)
            self._kept[session] = (now, draft)
            for oldest in list(self._kept)[:-_MOST_SESSIONS]:
                del self._kept[oldest]

    def end(self, session: str) -> None:
        """Forgets the list of that sign-in."""
        with self._lock:
            self._kept.pop(session, None)

    def _forget(self, now: datetime) -> None:
        oldest = now - timedelta(minutes=privacy.minutes("handouts") or 0)
        for session in [one for one, (at, _) in self._kept.items() if at < oldest]:
            del self._kept[session]


_OURS = Drafts()


def drafts() -> Drafts:
    """The drafts of this process."""
    return _OURS
