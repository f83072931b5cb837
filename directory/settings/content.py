"""From the bytes of a settings file to its keys; what no honest hand writes is refused before it is taken apart."""

from __future__ import annotations

import stat
from pathlib import Path

import yaml

from directory.eligibility import strict
from directory.errors import SettingsError
from directory.overlay.malformed import no_day, slip_of

__all__ = ["LARGEST", "bytes_of", "plain"]

LARGEST = 256 * 1024
_OTHER = {
    b"PK\x03\x04": "an Excel, Word or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF",
    b"{\\rtf": "a file of a word processor (RTF)",
}
"""How the files begin that people have instead."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def bytes_of(path: Path) -> bytes | None:
    """What the file holds, None where there is none; SettingsError where it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SettingsError(f"{path} is no ordinary file, so no settings can be read from it. Restore the file.")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as why:
        raise SettingsError(f"{path} cannot be read ({why.strerror}). Look whose it is, and on which disk.") from why


def plain(content: bytes, path: Path) -> dict[str, object]:
    """The keys and values; SettingsError with the line of what is no YAML, stands twice, or could fill the memory."""
    text = _text(content, path)
    _refuse_slips(text, path)
    found = strict.parse(text, path, SettingsError)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise SettingsError(f"{path} must hold lines such as `clinic: Name of the clinic`. Correct or remove it.")
    return {str(key): value for key, value in found.items()}


def _text(content: bytes, path: Path) -> str:
    if kind := next((kind for begins, kind in _OTHER.items() if content.startswith(begins)), None):
        raise SettingsError(
            f"{path} is {kind}, and settings are lines of text such as `clinic: Name of the clinic`. "
            "A file to fill in: puente setup --show-template > clinic.yml"
        )
    if len(content) > LARGEST:
        raise SettingsError(f"{path} is larger than {LARGEST // 1024} KB, so it is no settings file. Restore it.")
    if content.startswith(_UTF_16):
        raise SettingsError(f'{path} is saved as "Unicode" (UTF-16). Save it again and choose UTF-8 as its encoding.')
    if b"\0" in content:
        raise SettingsError(f"{path} holds zeros instead of letters, as after a power cut. Restore it.")
    try:
        return content.decode("utf-8-sig")  # Notepad puts a mark before UTF-8
    except UnicodeDecodeError as why:
        line = content.count(b"\n", 0, why.start) + 1
        raise SettingsError(
            f"{path}, line {line}: a letter there is no UTF-8. Save the file again and choose UTF-8 as its encoding."
        ) from None


def _refuse_slips(text: str, path: Path) -> None:
    """A slip of the hand, told by its line."""
    before = ""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            scalar = event if isinstance(event, yaml.ScalarEvent) else None
            if scalar and (why := no_day(scalar, before)):
                line = scalar.start_mark.line + 1 if scalar.start_mark else 1
                raise SettingsError(f"{path}, line {line}: {why}")
            before = scalar.value if scalar else ""
    except yaml.YAMLError as error:
        slip = slip_of(error, text)
        said = f", line {slip[0]}: {slip[1]}" if slip else f": {' '.join(str(error).split())[:200]}"
        raise SettingsError(f"{path}{said}") from None
