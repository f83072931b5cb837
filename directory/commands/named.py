"""A place as a person names it on the command line: by its id, or by a name that one published place bears."""

from __future__ import annotations

import re
import shlex
from datetime import date

from directory import phones, search
from directory.errors import DirectoryMissing, DirectoryOutdated, UnknownListing
from directory.model import Language, Listing
from directory.text import listing as words

__all__ = ["place_id", "why_absent"]

_ID = re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9._-]+")


def place_id(said: str, *, then: str) -> str:
    """The id of the place; UnknownListing lists those that may be meant. `then` is the command, with {} for the id."""
    if _ID.fullmatch(said):
        return said
    try:
        found = search.named(said)
    except (DirectoryMissing, DirectoryOutdated):  # of an id that is not published yet the command knows more
        return said
    if found.exact:
        return found.exact.id
    if not found.perhaps:
        raise UnknownListing(
            f"No published place is called {said!r}. Look for words of its name: puente search {shlex.quote(said)}"
        )
    listed = "\n".join(f"  {_line(item)}" for item in found.perhaps)
    more = f"\n  and {found.total - len(found.perhaps)} more" if found.total > len(found.perhaps) else ""
    raise UnknownListing(
        f"{_counted(found.total)} {said!r}; nothing was done:\n{listed}{more}\n"
        f"Type the id of the one you mean: {then.format(found.perhaps[0].id)}"
    )


def _counted(total: int) -> str:
    return "One place has a name with" if total == 1 else f"{total} places may be meant by"


def _line(item: Listing) -> str:
    """Id, name, city, phone; of a confidential place no city."""
    city = item.address.city if item.address and not item.confidential else None
    phone = phones.display(item.phones[0]) if item.phones else None
    return "  ".join(filter(None, (item.id, words.title(item, Language.EN), city, phone)))


def why_absent(error: UnknownListing, listing_id: str, today: date) -> UnknownListing:
    """The error with what became of the place, where the lists that were read tell."""
    from directory.publication.gone import why_absent as why
    from directory.sync import stage

    if not stage.work_path().exists():
        return error
    with stage.open_work() as work:
        told = why(work, listing_id, today)
    return UnknownListing(f"{listing_id} is shown to nobody: {told}") if told else error
