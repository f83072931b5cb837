"""Everything the directory can refuse, as one tree.

PuenteError
├── SettingsError          a setting is missing or does not fit
├── DirectoryMissing       nothing has been published yet
├── DirectoryOutdated      what is published has the tables of another version
├── RulesError             a rule, plan or text file was refused at load
├── FactError              something said of a person that no rule asks for, or that cannot be meant
├── SourceError            a source file (sources/<id>.yml) was refused
├── ListError              a list cannot be read, or the brake stopped it
│   ├── UnreadableList     not a list of the format that the source names
│   ├── EmptyList          no rows under the headings
│   ├── ChangedHeadings    the headings are not those the source knows
│   └── TooMuchGone        more of a list is missing than may go without a person's word
├── FetchError             a list could not be fetched
├── PublishError           the new directory did not pass its checks
├── ExportError            the file for others cannot be written
├── DecisionError          a decision about a row or a place does not fit
├── EntryError             a place entered by hand does not fit
├── AssistantError         the assistant cannot be trained, loaded or started
├── PauseError             the assistant cannot be paused with that sentence, or held
├── PrivacyError           the inventory of what is kept was refused, or a purge stopped
├── BackupError            a backup cannot be made, read or put back
├── UpgradeError           an upgrade stopped; what ran before runs on
├── InboxError             what people tell the clinic cannot be kept or read
├── SenderError            text messages cannot be sent
├── NoteError              a note beside a place cannot be kept or ended
├── PrintError             a leaflet or a sign cannot be made
├── VerifyError            a call to a place cannot be begun, kept or ended so
├── AccountError           an account of the desk cannot be made, changed or used so
└── UnknownListing         no listing has that id

An error says what, where, why it matters and what to do next; its text is shown to staff as it is.
"""

from __future__ import annotations

import traceback
from pathlib import Path

__all__ = [
    "AccountError",
    "AssistantError",
    "BackupError",
    "ChangedHeadings",
    "DecisionError",
    "DirectoryMissing",
    "DirectoryOutdated",
    "EmptyList",
    "EntryError",
    "ExportError",
    "FactError",
    "FetchError",
    "InboxError",
    "ListError",
    "NoteError",
    "PauseError",
    "PrintError",
    "PrivacyError",
    "PublishError",
    "PuenteError",
    "RulesError",
    "SenderError",
    "SettingsError",
    "SourceError",
    "TooMuchGone",
    "UnknownListing",
    "UnreadableList",
    "UpgradeError",
    "VerifyError",
    "origin",
]

_ROOT = Path(__file__).resolve().parent.parent
_OURS = frozenset({"actions", "bot", "directory"})


def origin(error: BaseException) -> str:
    """The kind of an error and the innermost line of ours it passed, for a log: its text may quote a person."""
    kind = type(error).__name__
    if error.__traceback__ is None:
        return kind
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(_below_root(path), line) for path, line in frames if _below_root(path).parts[0] in _OURS]
    path, line = ours[-1] if ours else (Path(frames[-1][0].name), frames[-1][1])
    return f"{kind} at {path.as_posix()}:{line}"


def _below_root(path: Path) -> Path:
    return path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(path.name)


class PuenteError(Exception):
    """Base of every error that staff may read; `str(error)` is one whole sentence or more, never a traceback."""


class SettingsError(PuenteError):
    """A setting is missing or does not fit."""


class DirectoryMissing(PuenteError):
    """Nothing has been published yet."""


class DirectoryOutdated(PuenteError):
    """What is published has the tables of another version."""


class RulesError(PuenteError):
    """A rule, plan or text file was refused at load."""


class FactError(PuenteError):
    """Something said of a person that no rule asks for, or that cannot be meant."""


class SourceError(PuenteError):
    """A source file was refused."""


class ListError(PuenteError):
    """A list cannot be read, or the brake stopped it; what was published stays as it was."""


class UnreadableList(ListError):
    """The bytes are not a list of the format that the source names."""


class EmptyList(ListError):
    """There are no rows under the headings."""


class ChangedHeadings(ListError):
    """The headings are not those the source knows."""


class TooMuchGone(ListError):
    """More of a list is missing than may go without a person's word; `reasons` say how much, for a page of its own."""

    def __init__(self, text: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.reasons = reasons


class FetchError(PuenteError):
    """A list could not be fetched."""


class PublishError(PuenteError):
    """The new directory did not pass its checks and was not published."""


class DecisionError(PuenteError):
    """What was to be decided is not there, or is decided already."""


class EntryError(PuenteError):
    """A place entered by hand lacks something, or says something that cannot be read."""


class ExportError(PuenteError):
    """What is published cannot be written to the file that was named."""


class AssistantError(PuenteError):
    """The assistant cannot be trained, loaded or started."""


class BackupError(PuenteError):
    """A backup cannot be made, read or put back; what was there stays as it was."""


class NoteError(PuenteError):
    """A note beside a place cannot be kept or ended; nothing was changed."""


class PauseError(PuenteError):
    """The assistant cannot be paused with that sentence, or held."""


class InboxError(PuenteError):
    """What people tell the clinic cannot be kept or read."""


class SenderError(PuenteError):
    """Text messages cannot be sent."""


class PrintError(PuenteError):
    """A leaflet, a sign or a script cannot be made."""


class AccountError(PuenteError):
    """An account of the desk cannot be made, changed or used so."""


class PrivacyError(PuenteError):
    """The inventory of what is kept was refused, or a purge stopped before it deleted anything."""


class VerifyError(PuenteError):
    """A call to a place cannot be begun, kept or ended so; nothing of it was changed."""


class UpgradeError(PuenteError):
    """An upgrade stopped; what ran before runs on."""


class UnknownListing(PuenteError):
    """No listing has that id."""
