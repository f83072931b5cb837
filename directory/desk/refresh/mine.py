"""The handed-in list of an address: only its own account's, and only while it is there."""

from __future__ import annotations

from starlette.responses import Response

from directory.desk.frame import Visit
from directory.sync.handed import shelf
from directory.sync.handed.shelf import Handed

__all__ = ["gone", "opened", "workable"]


def opened(visit: Visit) -> Handed | None:
    """What this account handed in under the id of the address."""
    return shelf.opened(str(visit.params["id"]), visit.who.id)


def workable(visit: Visit) -> Handed | None:
    """The same, when its bytes still lie here."""
    item = opened(visit)
    return item if item and item.there else None


def gone(visit: Visit) -> Response:
    """What was handed in is not here: finished, purged, or somebody else's."""
    return visit.page("message.html", 404, title="refresh.gone", text="refresh.gone.what", said=None, back="/refresh")
