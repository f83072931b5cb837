"""Who can sign in at the desk, and where it is reached from."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from directory.accounts import Role, demo, people
from directory.doctor.finding import Finding, Look
from directory.errors import AccountError

__all__ = ["accounts", "address"]


def accounts(look: Look) -> Iterator[Finding]:
    """Whether anybody, and an admin, can sign in; damaged accounts that were put aside."""
    try:
        found = [person for person in people.listed() if person.ended_at is None and not person.account.demo]
        demonstration = demo.allowed()
    except AccountError as error:
        yield Finding("desk.accounts", "mend", str(error), "puente account list")
        return
    if aside := sorted(look.home.glob("desk.damaged-*.db")):
        text = f"The accounts of the desk were damaged and put aside ({aside[-1].name}); a backup may have them whole."
        yield Finding("desk.damaged", "mend", text, "puente backups")
    ready = [person for person in found if person.ready]
    if demonstration:
        yield Finding("desk.demo", "ok", "Whoever sits at this machine may look around the invented desk.")
    elif not ready:
        text = "Nobody can sign in at the desk yet."
        yield Finding("desk.nobody", "look", text, "puente account add NAME --role admin")
    elif not any(person.account.role is Role.ADMIN for person in ready):
        text = "No admin can sign in at the desk, so nobody there can invite or help anybody."
        yield Finding("desk.admin", "look", text, f"puente account role {ready[0].account.name} admin")
    else:
        yield Finding("desk", "ok", f"{len(ready)} can sign in at the desk, an admin among them.")


def address(look: Look) -> Iterator[Finding]:
    """Whether the address of the desk is encrypted, a name alone, and not the one that is open to everybody."""
    url, public = look.settings.desk_address, look.settings.public_address
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        text = f"The address of the desk {url} is not encrypted: passwords could be read on the way."
        yield Finding("desk.open", "mend", text, "puente setup desk_address")
    elif public and urlsplit(public).hostname == parts.hostname:
        text = f"The desk has the same name as what is open to everybody ({parts.hostname}). Give it one of its own."
        yield Finding("desk.public", "mend", text, "puente setup desk_address")
    elif parts.path.strip("/"):
        text = f"The address of the desk {url} has a path, and its pages do not lie below one. Write the name alone."
        yield Finding("desk.path", "mend", text, "puente setup desk_address")
    else:
        yield Finding("desk.address", "ok", f"The clinic's own computers reach the desk at {url}.")
