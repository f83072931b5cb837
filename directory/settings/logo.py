"""Whether a file can be the clinic's logo: a small picture that runs nothing and fetches nothing."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

__all__ = ["LARGEST", "SUFFIXES", "trouble"]

LARGEST = 200 * 1024
SUFFIXES = (".png", ".svg", ".jpg", ".jpeg")
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_ELEMENTS = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "set"})
"""What may act in a picture; `set` and the animations can put a link where none stood."""
_POINTS_AWAY = re.compile(r"url\s*\(\s*['\"]?\s*(?!#|['\"]?\s*#)|@import|javascript:|expression\s*\(", re.I)


def trouble(path: Path) -> str | None:
    """What keeps the file from being a logo, as it goes on after the key; None where nothing does."""
    if path.suffix.lower() not in SUFFIXES:
        return "must name a picture whose name ends in .png, .svg or .jpg"
    try:
        if not path.is_file():
            return f"names {path.name}, which is no file there"
        if path.stat().st_size > LARGEST:
            return (
                f"names {path.name}, which has {path.stat().st_size // 1024} KB; 200 KB are the most, so that the "
                "page opens fast on an old phone"
            )
        content = path.read_bytes()
    except OSError as why:
        return f"names {path.name}, which cannot be read ({why.strerror})"
    return _of(path, content)


def _of(path: Path, content: bytes) -> str | None:
    suffix = path.suffix.lower()
    if suffix == ".svg":
        return _of_drawing(path.name, content)
    if not content.startswith(_BEGINS[suffix]):
        return f"names {path.name}, which is no {suffix[1:].upper()} picture inside, whatever its name says"
    return None


def _of_drawing(name: str, content: bytes) -> str | None:
    lowered = content.lower()
    if b"<!doctype" in lowered or b"<!entity" in lowered or b"<?xml-stylesheet" in lowered or b"\0" in content:
        return f"names {name}, which brings definitions of its own (DOCTYPE, style sheet). Save it as plain SVG"
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):  # no XML; a wrong character; an unknown encoding
        return f"names {name}, which is no SVG picture inside, whatever its name says"
    if _local(root.tag) != "svg":
        return f"names {name}, which is no SVG picture inside, whatever its name says"
    if any(_acts(element) for element in root.iter()):
        return f"names {name}, which holds a script or a link to elsewhere. Save it as plain SVG, or take a PNG"
    return None


def _acts(element: ElementTree.Element) -> bool:
    tag = _local(element.tag)
    if tag in _ELEMENTS or tag.startswith("animate") or (tag == "style" and _POINTS_AWAY.search(_words(element))):
        return True
    return any(_attribute_acts(_local(name), value) for name, value in element.attrib.items())


def _attribute_acts(name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name in ("href", "src"):
        return not value.strip().startswith(("#", "data:image/png;base64,", "data:image/jpeg;base64,"))
    return bool(_POINTS_AWAY.search(value))


def _words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def _local(name: object) -> str:
    """The name without its namespace; comments have none."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
