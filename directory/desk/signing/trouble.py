"""Why a form about passwords was not taken: a sentence, a status, and for how long one has to wait."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from directory.accounts import passwords
from directory.accounts.entering import Wait
from directory.desk.frame import Visit

__all__ = ["NONE", "Trouble", "not_in", "refused"]

_IN_MINUTES = 120


@dataclass(frozen=True)
class Trouble:
    """What is said above a form; nothing when nothing is wrong."""

    said: str = ""
    code: int = 200
    seconds: int = 0

    def timed(self, response: Response) -> Response:
        """The answer, with the wait where programs look for it."""
        if self.seconds:
            response.headers["retry-after"] = str(self.seconds)
        return response


NONE = Trouble()


def refused(visit: Visit, key: str, code: int = 400) -> Trouble:
    """The sentence of that key."""
    return Trouble(visit.say(key, least=passwords.LEAST, most=passwords.MOST), code)


def not_in(visit: Visit, found: Wait | None, wrong: str) -> Trouble:
    """A wrong password, or the wait after several of them."""
    if found is None:
        return refused(visit, wrong, 403)
    unit, count = ("seconds", found.seconds) if found.seconds < _IN_MINUTES else ("minutes", -(-found.seconds // 60))
    wait = visit.say(f"signing.{unit}", count=max(count, 2))
    return Trouble(visit.say("signing.wait", wait=wait), 429, found.seconds)
