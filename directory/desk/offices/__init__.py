"""Plans and offices: every number that people are sent to, who looked at it and when, and how to set it right."""

from directory.accounts import Role
from directory.desk.frame import change, read
from directory.desk.offices import pages
from directory.desk.rules.noting import Noting

__all__ = ["ROUTES"]

_NOTING = Noting("/plans", "/plans/number", Role.CHW)

ROUTES = (
    read("/plans", pages.numbers),
    read("/plans/number", _NOTING.value),
    change("/plans/check", _NOTING.check, least=Role.STAFF),
    change("/plans/read-back", _NOTING.read_back, least=Role.STAFF),
    change("/plans/change", _NOTING.change, least=Role.STAFF),
    change("/plans/take-back", _NOTING.take_back, least=Role.STAFF),
)
