"""Refresh, first half: a file that staff drop becomes a list that is taken; nobody sees it before it is published."""

from directory.accounts import Role
from directory.desk.frame import Page, change, read
from directory.desk.refresh import known, new, pages

__all__ = ["ROUTES"]

ROUTES: tuple[Page, ...] = (
    read("/refresh", pages.state, least=Role.STAFF),
    read("/refresh/template", pages.template, least=Role.STAFF),
    change("/refresh/upload", pages.upload, least=Role.STAFF, upload=True),
    read("/refresh/{id:str}", pages.one, least=Role.STAFF),
    change("/refresh/{id:str}/look", pages.again, least=Role.STAFF),
    change("/refresh/{id:str}/drop", pages.drop, least=Role.STAFF),
    change("/refresh/{id:str}/known", known.as_known, least=Role.STAFF),
    change("/refresh/{id:str}/headings", known.accepted, least=Role.STAFF),
    change("/refresh/{id:str}/take", known.take, least=Role.STAFF),
    change("/refresh/{id:str}/new", new.as_new, least=Role.STAFF),
    change("/refresh/{id:str}/columns", new.columns, least=Role.STAFF),
)
