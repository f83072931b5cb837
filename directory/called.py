"""How the person here calls the `puente` command, so that each command that is printed can be typed as it stands."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path
from shutil import which

__all__ = ["COMMANDS", "as_called", "program"]

_WORDS = """
account actions add answers assistant backup backups check code decide decisions demo desk diff doctor edit export
followups history inbox notice offices optouts organization pause places plans prepare print privacy publish purge
restore resume review ride rules screen search settings settle setup show sms sms-token source status sync texts train
understand undo up upgrade verify works COMMAND
"""
COMMANDS = frozenset(_WORDS.split())
"""The words after `puente` that make a command of it; in other text a "puente" is a bridge."""

_NAME = "puente"
_ODD = frozenset('"\\\n')
"""What would end a string of JSON."""
_CALL = re.compile(rf"(?<![\w./-]){_NAME}(?=(?: |\n *)(?:{'|'.join(sorted(COMMANDS))})\b)")


def program() -> str:
    """`puente`, or the path by which it was called (`.venv/bin/puente`), as a shell takes it from the folder here."""
    path = Path(sys.argv[0])
    if path.name != _NAME or sys.argv[0] == _NAME:
        return _NAME
    found = which(_NAME)
    if (found and os.path.realpath(found) == os.path.realpath(path)) or set(str(path)) & _ODD:
        return _NAME
    return shlex.quote(_from_here(path))


def _from_here(path: Path) -> str:
    """The path below the folder where the person stands, else as it was given."""
    try:
        below = str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
        return below if os.sep in below else f"./{below}"
    except (ValueError, OSError):  # elsewhere; or the folder is gone
        return str(path)


def as_called(text: str) -> str:
    """The text with each `puente COMMAND` in it as this person has to type it; said twice it stays the same."""
    name = program()
    return text if name == _NAME else _CALL.sub(lambda _: name, text)
