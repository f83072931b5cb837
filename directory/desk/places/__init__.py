"""A place by hand: added, corrected, with a notice, not shown for a time, closed."""

from __future__ import annotations

from directory.accounts import Role
from directory.desk.frame import Page, change, read
from directory.desk.places.deciding import decide, keep, notice
from directory.desk.places.entering import add, add_form, edit, edit_form
from directory.desk.places.pages import one, places

__all__ = ["ROUTES"]

ROUTES: tuple[Page, ...] = (
    read("/places", places, least=Role.STAFF),
    read("/places/one", one, least=Role.STAFF),
    read("/places/add", add_form, least=Role.STAFF),
    change("/places/add", add, least=Role.STAFF),
    read("/places/edit", edit_form, least=Role.STAFF),
    change("/places/edit", edit, least=Role.STAFF),
    change("/places/notice", notice, least=Role.STAFF),
    change("/places/decide", decide, least=Role.STAFF),
    change("/places/keep", keep, least=Role.STAFF),
)
