"""Look up: one form, the places that fit, a page for each place, and what staff note beside it."""

from directory.desk.frame import change, read
from directory.desk.look_up import pages, place

__all__ = ["ROUTES"]

ROUTES = (
    read("/", pages.look_up),
    read("/place/{id:path}", place.place),
    read("/place-history/{id:path}", place.history),
    change("/place-note", place.write_note),
    change("/place-note/end", place.end_note),
)
