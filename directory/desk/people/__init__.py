"""Who may use the desk, and what was done there: for admins alone."""

from __future__ import annotations

from directory.accounts import Role
from directory.desk.frame import change, read
from directory.desk.people import changes, log, shown

__all__ = ["ROUTES"]

ROUTES = (
    read("/people", shown.everybody, least=Role.ADMIN),
    change("/people/add", changes.add, least=Role.ADMIN),
    read("/people/{id:int}", shown.one, least=Role.ADMIN),
    change("/people/{id:int}/change", changes.change, least=Role.ADMIN),
    change("/people/{id:int}/link", changes.link, least=Role.ADMIN),
    change("/people/{id:int}/end", changes.end, least=Role.ADMIN),
    read("/audit", log.log, least=Role.ADMIN),
)
