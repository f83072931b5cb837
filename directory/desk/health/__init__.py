"""Health: how old and how good the lists are, what was published, what nobody found, what helped, what is not right."""

from directory.accounts import Role
from directory.desk.frame import read
from directory.desk.health import pages

__all__ = ["ROUTES"]

ROUTES = (read("/health", pages.overview), read("/health/checks", pages.findings, least=Role.STAFF))
