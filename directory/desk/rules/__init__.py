"""Rules: what has to be looked at again, what comes, and the clinic's own notes."""

from directory.accounts import Role
from directory.desk.frame import change, read
from directory.desk.rules import pages
from directory.desk.rules.noting import Noting

__all__ = ["ROUTES"]

_NOTING = Noting("/rules", "/rules/value", Role.STAFF)

ROUTES = (
    read("/rules", pages.standing, least=Role.STAFF),
    read("/rules/value", _NOTING.value, least=Role.STAFF),
    change("/rules/check", _NOTING.check, least=Role.STAFF),
    change("/rules/read-back", _NOTING.read_back, least=Role.STAFF),
    change("/rules/change", _NOTING.change, least=Role.STAFF),
    change("/rules/take-back", _NOTING.take_back, least=Role.STAFF),
)
