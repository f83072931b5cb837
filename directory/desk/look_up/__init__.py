"""Look up: one form, the places that fit, a page for each place."""

from directory.desk.frame import read
from directory.desk.look_up import pages

__all__ = ["ROUTES"]

ROUTES = (read("/", pages.look_up), read("/place/{id:path}", pages.place))
