"""Values of a JSON record, whatever somebody put there: texts, objects, lists of objects."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Object", "objects", "one", "text"]

Object = Mapping[str, object]
_NOTHING: Object = {}


def text(value: object) -> str:
    """The value as text, without half characters; empty for what is none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (int, float)):
        return str(value)
    found = value.strip() if isinstance(value, str) else ""
    return found if found.isascii() else found.encode("utf-8", "replace").decode()


def one(record: Object, key: str) -> Object:
    """The object at a key; an empty one where there is none."""
    found = record.get(key)
    return found if isinstance(found, Mapping) else _NOTHING


def objects(record: Object, key: str) -> list[Object]:
    """The objects in the list at a key."""
    found = record.get(key)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []
