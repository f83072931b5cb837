"""Texts: what nobody reviewed yet, both languages side by side, signed off here or on a translator's sheet."""

from directory.accounts import Role
from directory.desk.frame import change, read
from directory.desk.texts import pages, sheets

__all__ = ["ROUTES"]

ROUTES = (
    read("/texts", pages.listed, least=Role.STAFF),
    read("/texts/one", pages.one, least=Role.STAFF),
    change("/texts/sign", pages.sign, least=Role.STAFF),
    read("/texts/sheet", sheets.download, least=Role.STAFF),
    change("/texts/sheet", sheets.tried, least=Role.STAFF, upload=True),
    change("/texts/take", sheets.take, least=Role.STAFF),
)
