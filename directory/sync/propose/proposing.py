"""The proposal for a list, made once for the pages that ask about it one after another."""

from __future__ import annotations

import threading
from collections import OrderedDict

from directory.sync.propose.proposal import Proposal, propose

__all__ = ["proposal"]

_MOST = 2
"""A proposal holds its whole list: two people may be describing one each."""

_lock = threading.Lock()
_made: OrderedDict[tuple[str, str, tuple[str, ...]], Proposal] = OrderedDict()


def proposal(data: bytes, name: str, sha256: str, carried: tuple[str, ...] = ()) -> Proposal:
    """What the list seems to be; ListError when it is none, or a list of patients.

    One is made at a time, so that two large lists are never both being looked at.
    """
    key = (sha256, name, carried)
    with _lock:
        if key not in _made:
            _made[key] = propose(data, name, carry_down=carried)
        _made.move_to_end(key)
        while len(_made) > _MOST:
            _made.popitem(last=False)
        return _made[key]
